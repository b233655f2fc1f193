using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BscFlow.Mail;
using BscFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;

namespace BscFlow.Tests.Publishing;

public sealed partial class OpenApiTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <remarks>The file is a part of every published site, which is made without a server; here it is made from the routes.</remarks>
    [Fact]
    public async Task The_published_description_is_that_of_the_routes()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddBscFlow(options =>
            {
                options.Storage = azurite.ConnectionString;
                options.SiteAddress = new Uri("http://127.0.0.1/");
                options.DeskKey = new string('0', 32);
                options.Graph = new() { Address = new Uri("http://127.0.0.1:9/v1.0"), Credential = GraphCredential.FixedToken, Token = "none" };
            })
            .AddOpenApi(options =>
            {
                options.ShouldInclude = route => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;
                options.AddSchemaTransformer((schema, context, _) =>
                {
                    AddWords(schema, context);
                    return Task.CompletedTask;
                });
                options.AddOperationTransformer((operation, context, _) =>
                {
                    AddHeaders(operation, context);
                    return Task.CompletedTask;
                });
                options.AddDocumentTransformer((document, _, _) => Complete(document));
            });
        await using var app = builder.Build();
        app.UseBscFlow();
        await app.StartAsync(Cancel);
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(Cancel);

        var described = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, Cancel);

        Golden.CheckFile("src/BscFlow/Publishing/openapi.json", described);
    }

    [Fact]
    public async Task A_body_with_a_field_that_nothing_reads_is_refused_whatever_the_request()
    {
        var description = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("src/BscFlow/Publishing/openapi.json"), Cancel))!;
        var bodies = description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => (string?)operation.Value!["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"])
            .OfType<string>()
            .Select(reference => reference[(reference.LastIndexOf('/') + 1)..])
            .ToHashSet();

        Assert.True(bodies.Count > 10, string.Join(", ", bodies));
        Assert.All(bodies, body => Assert.False((bool)description["components"]!["schemas"]![body]!["additionalProperties"]!));
    }

    private static Task Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "BscFlow", Version = "1", Description = "The secretary of a committee, for programs." };
        document.Servers = [];
        document.Tags = null;
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-functions-key" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        foreach (var (route, path) in document.Paths)
        {
            foreach (var (_, operation) in path.Operations ?? [])
            {
                operation.Tags = null;
                Assert.False(string.IsNullOrEmpty(operation.Summary), $"{route} is not said to do anything.");
                AddParameters(route, operation);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The words that a field takes.</summary>
    private static void AddWords(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false)
            is [AllowedValuesAttribute allowed])
        {
            schema.Enum = [.. allowed.Values.Select(value => JsonValue.Create((string?)value)!)];
        }
    }

    private static void AddHeaders(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var header in context.Description.ActionDescriptor.EndpointMetadata.OfType<AnswerHeader>())
        {
            var answer = Assert.IsType<OpenApiResponse>(operation.Responses![header.Status.ToString(CultureInfo.InvariantCulture)]);
            answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            answer.Headers[header.Name] = new OpenApiHeader
            {
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    /// <summary>Those of the route that a handler reads without naming them, such as the committee.</summary>
    private static void AddParameters(string route, OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        foreach (Match part in RoutePart().Matches(route))
        {
            var name = part.Groups[1].Value;
            if (operation.Parameters.All(parameter => parameter.Name != name))
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }
        }
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex RoutePart();
}
