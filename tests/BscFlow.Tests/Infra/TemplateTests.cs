using System.Text.Json;
using System.Text.RegularExpressions;
using BscFlow.Storage;

namespace BscFlow.Tests.Infra;

/// <summary>What the template promises about who may do what; <c>dotnet build infra/Bicep.csproj</c> compiles it.</summary>
public sealed partial class TemplateTests
{
    private static readonly string[] DataRoles =
    [
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Storage Blob Data Contributor
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
        "3913510d-42f4-4e42-8a64-420c390055eb", // Monitoring Metrics Publisher
    ];

    private readonly string _text = CompiledTemplate();
    private readonly JsonElement _template;
    private readonly List<JsonElement> _resources;

    public TemplateTests()
    {
        _template = JsonElement.Parse(_text);
        _resources = [.. Templates(_template).SelectMany(Resources)];
    }

    [Fact]
    public void No_key_is_read_anywhere() => Assert.DoesNotMatch(KeyFunctionPattern(), _text);

    [Fact]
    public void No_output_of_any_module_is_a_secret() => Assert.All(
        Templates(_template).Select(template => Find(template, ["outputs"])).OfType<JsonElement>(),
        outputs => Assert.DoesNotContain("secure", outputs.ToString(), StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_desk_key_and_what_a_person_entered_are_the_only_secrets_and_so_in_every_module() => Assert.Equal(
        [("deskKey", "securestring"), ("ownSettings", "secureObject")],
        Templates(_template).SelectMany(template => template.GetProperty("parameters").EnumerateObject())
            .Select(parameter => (parameter.Name, Type: parameter.Value.GetProperty("type").GetString()!))
            .Where(parameter => parameter.Name is "deskKey" or "ownSettings"
                || parameter.Type.StartsWith("secure", StringComparison.Ordinal))
            .Distinct());

    [Fact]
    public void What_a_person_entered_stays_among_the_settings_below_what_the_template_sets()
    {
        var settings = OfType("Microsoft.Web/sites/config").Single(
            config => config.GetProperty("name").ToString().Contains("appsettings", StringComparison.Ordinal))
            .GetProperty("properties").ToString();

        Assert.StartsWith("[union(toObject(variables('keptSettings')", settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Storage_takes_no_key_no_old_cipher_and_nothing_from_strangers() => Assert.Multiple(
        () => AssertProperty("Microsoft.Storage/storageAccounts", false, "allowSharedKeyAccess"),
        () => AssertProperty("Microsoft.Storage/storageAccounts", false, "allowBlobPublicAccess"),
        () => AssertProperty("Microsoft.Storage/storageAccounts", false, "allowCrossTenantReplication"),
        () => AssertProperty("Microsoft.Storage/storageAccounts", true, "supportsHttpsTrafficOnly"),
        () => AssertProperty("Microsoft.Storage/storageAccounts", "TLS1_2", "minimumTlsVersion"),
        () => AssertProperty("Microsoft.Storage/storageAccounts/blobServices/containers", "None", "publicAccess"));

    [Fact]
    public void What_is_overwritten_or_deleted_can_be_brought_back() => Assert.Multiple(
        () => AssertProperty("Microsoft.Storage/storageAccounts/blobServices", true, "isVersioningEnabled"),
        () => AssertProperty("Microsoft.Storage/storageAccounts/blobServices", true, "deleteRetentionPolicy", "enabled"),
        () => AssertProperty(
            "Microsoft.Storage/storageAccounts/blobServices", true, "containerDeleteRetentionPolicy", "enabled"));

    [Fact]
    public void Raw_mail_and_old_drafts_do_not_stay_for_ever()
    {
        var rules = OfType("Microsoft.Storage/storageAccounts/managementPolicies").Single()
            .GetProperty("properties").GetProperty("policy").GetProperty("rules").ToString();
        Assert.Contains("\"mail/\"", rules, StringComparison.Ordinal);
        Assert.Contains("\"minutes/\"", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void The_app_speaks_only_modern_tls_and_takes_no_password() => Assert.Multiple(
        () => AssertProperty("Microsoft.Web/sites", true, "httpsOnly"),
        () => AssertProperty("Microsoft.Web/sites", "1.2", "siteConfig", "minTlsVersion"),
        () => AssertProperty("Microsoft.Web/sites", "1.2", "siteConfig", "scmMinTlsVersion"),
        () => AssertProperty("Microsoft.Web/sites", "Disabled", "siteConfig", "ftpsState"),
        () => AssertProperty("Microsoft.Web/sites", "UserAssignedIdentity",
            "functionAppConfig", "deployment", "storage", "authentication", "type"),
        () => Assert.Equal(2, OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count()),
        () => AssertProperty("Microsoft.Web/sites/basicPublishingCredentialsPolicies", false, "allow"));

    [Fact]
    public void Signing_in_needs_no_client_secret() => AssertProperty(
        "Microsoft.Web/sites/config",
        "[variables('federatedSecretSetting')]",
        "identityProviders", "azureActiveDirectory", "registration", "clientSecretSettingName");

    [Fact]
    public void Telemetry_is_taken_from_identities_only() => Assert.Multiple(
        () => AssertProperty("Microsoft.Insights/components", true, "DisableLocalAuth"),
        () => AssertProperty("Microsoft.OperationalInsights/workspaces", true, "features", "disableLocalAuth"));

    [Fact]
    public void The_app_has_rights_to_data_only_and_on_one_resource_only() => Assert.All(
        OfType("Microsoft.Authorization/roleAssignments"),
        assignment =>
        {
            Assert.True(assignment.TryGetProperty("scope", out _), "A role is given on the whole resource group.");
            var role = assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!;
            Assert.True(
                role.Contains("variables('dataRoles')", StringComparison.Ordinal)
                    || role.Contains("copyIndex()", StringComparison.Ordinal)
                    || DataRoles.Any(id => role.Contains(id, StringComparison.Ordinal)),
                role);
        });

    [Fact]
    public void No_other_role_is_named() => Assert.Empty(
        GuidPattern().Matches(_text).Select(match => match.Value).Distinct().Except(DataRoles));

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", 3)]
    [InlineData("Microsoft.Web/sites", 1)]
    [InlineData("Microsoft.OperationalInsights/workspaces", 1)]
    public void What_happens_is_on_record(string type, int count) => Assert.Equal(
        count,
        OfType("Microsoft.Insights/diagnosticSettings").Count(setting =>
            setting.GetProperty("scope").GetString()!.Contains($"'{type}", StringComparison.Ordinal)));

    [Fact]
    public void Every_table_container_and_queue_of_the_library_is_made() => Assert.Multiple(
        () => Assert.Equal(Keys.Containers.Order(), Names("containerNames")),
        () => Assert.Equal(Keys.Queues.Order(), Names("queueNames")),
        () => Assert.Equal(Keys.Tables.Order(), Names("tableNames")));

    [Fact]
    public void An_alert_asks_for_what_there_is()
    {
        var functions = NamePattern("Name").Matches(_text).Select(match => $"[Function(\"{match.Groups["name"].Value}\")]");
        var events = NamePattern("EventName\\)").Matches(_text).Select(match => $"EventName = \"{match.Groups["name"].Value}\"");
        Assert.Equal(6, functions.Count() + events.Count());
        var sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToList();
        Assert.All(functions.Concat(events), name =>
            Assert.Contains(sources, source => source.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_setting_of_the_app_is_one_that_the_library_reads()
    {
        var settings = SettingPattern().Matches(_text).Select(match => match.Groups["path"].Value).Distinct().ToList();
        Assert.Contains("DeskKey", settings);
        Assert.All(settings, setting => Assert.NotNull(
            setting
                .Split("__")
                .Aggregate<string, Type?>(typeof(BscFlowOptions), (type, name) => type?.GetProperty(name)?.PropertyType)));
    }

    [Fact]
    public void What_the_timer_asks_for_is_a_setting_of_the_app()
    {
        var schedule = TimerPattern().Match(File.ReadAllText(Repository.PathOf("src/BscFlow.Functions/Timers.cs")));
        Assert.True(schedule.Success);
        Assert.Matches($@"\b{schedule.Groups["setting"].Value}\b", _text);
    }

    private IEnumerable<string?> Names(string variable) =>
        Templates(_template).Where(template => template.TryGetProperty("variables", out _))
            .Select(template => Find(template.GetProperty("variables"), [variable])).OfType<JsonElement>().Single()
            .EnumerateArray().Select(name => name.GetString());

    /// <summary>How a query of an alert compares with a name; the quotes are escaped, as in all of JSON.</summary>
    private static Regex NamePattern(string column) => new($@"\b{column} == \\""(?<name>\w+)\\""");

    private IEnumerable<JsonElement> OfType(string type) =>
        _resources.Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>Every resource of the type that has the property has it with this value, and one has.</summary>
    private void AssertProperty(string type, object expected, params string[] path)
    {
        var values = OfType(type).Select(resource => Find(resource.GetProperty("properties"), path)).OfType<JsonElement>();
        Assert.All(values, value => Assert.Equal(expected.ToString(), value.ToString()));
        Assert.NotEmpty(values);
    }

    private static JsonElement? Find(JsonElement element, string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>A template and those nested in it, which are its modules.</summary>
    private static IEnumerable<JsonElement> Templates(JsonElement template) =>
    [
        template,
        .. Entries(template).Where(IsModule)
            .SelectMany(module => Templates(module.GetProperty("properties").GetProperty("template"))),
    ];

    private static IEnumerable<JsonElement> Resources(JsonElement template) =>
        Entries(template).Where(resource => !IsModule(resource) && !IsExisting(resource));

    /// <summary>What stands under <c>resources</c>: a list, or an object where resources have symbolic names.</summary>
    private static IEnumerable<JsonElement> Entries(JsonElement template) =>
        template.GetProperty("resources") is { ValueKind: JsonValueKind.Object } named
            ? named.EnumerateObject().Select(resource => resource.Value)
            : template.GetProperty("resources").EnumerateArray();

    private static bool IsModule(JsonElement resource) =>
        resource.GetProperty("type").ValueEquals("Microsoft.Resources/deployments");

    private static bool IsExisting(JsonElement resource) =>
        resource.TryGetProperty("existing", out var existing) && existing.GetBoolean();

    private static string CompiledTemplate()
    {
        var compiled = new FileInfo(Repository.PathOf("infra/obj/main.json"));
        var written = new DirectoryInfo(Repository.PathOf("infra")).EnumerateFiles("*.bicep");
        Assert.SkipUnless(
            compiled.Exists && written.All(file => file.LastWriteTimeUtc <= compiled.LastWriteTimeUtc),
            "infra/obj/main.json is not there or older than the Bicep: run dotnet build infra/Bicep.csproj (Linux).");
        return File.ReadAllText(compiled.FullName);
    }

    [GeneratedRegex(@"\blist(?:AccountSas|ServiceSas|Secrets|CallbackUrl|Credentials|\w*Keys?)\(", RegexOptions.IgnoreCase)]
    private static partial Regex KeyFunctionPattern();

    [GeneratedRegex(@"\bBscFlow__(?<path>\w+)")]
    private static partial Regex SettingPattern();

    [GeneratedRegex(@"TimerTrigger\(""%(?<setting>\w+)%""\)")]
    private static partial Regex TimerPattern();

    [GeneratedRegex("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")]
    private static partial Regex GuidPattern();
}
