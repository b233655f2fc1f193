using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using BscFlow.Mail;
using BscFlow.Minutes;

namespace BscFlow.Tests.Security;

/// <summary>What is sent to hurt: each is read, or refused, in a time that nobody notices.</summary>
public sealed class HostileInputTests
{
    /// <summary>On a machine that does other things too; what is quadratic takes minutes.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly DateTimeOffset Received = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Mails => [.. Hostile.Keys];

    /// <summary>Each by its name: what makes a reader of mails run out of time, of stack or of memory.</summary>
    private static readonly Dictionary<string, Func<string>> Hostile = new()
    {
        ["five thousand parts in each other"] = () => Nested(5_000),
        ["fifty thousand parts"] = () => "Content-Type: multipart/mixed; boundary=b\n\n"
            + string.Concat(Enumerable.Repeat("--b\nContent-Type: text/plain\n\nx\n", 50_000)) + "--b--\n",
        ["a header of four megabytes"] = () => $"X-Long: {new string('a', 4_000_000)}\nContent-Type: text/plain\n\n+1\n",
        ["a hundred thousand headers"] = () => string.Concat(Enumerable.Range(0, 100_000).Select(i => $"X-{i}: y\n")) + "\n+1\n",
        ["HTML ten thousand elements deep"] = () =>
            "Content-Type: text/html\n\n" + string.Concat(Enumerable.Repeat("<div>", 10_000)) + "+1",
        ["a quote ten thousand levels deep"] = () => $"Content-Type: text/plain\n\n{new string('>', 10_000)} +1\n",
        ["two megabytes without an end of line"] = () => $"Content-Type: text/plain\n\n{new string('x', 2_000_000)}",
        ["a zip that unpacks to a gigabyte"] = () =>
            $"Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(ZipBomb())}\n",
        ["an encoded word within an encoded word"] = () =>
            $"Subject: {string.Concat(Enumerable.Repeat("=?utf-8?q?=3D=3Futf-8=3Fq=3F?= ", 20_000))}\n\n+1\n",
    };

    [Theory, MemberData(nameof(Mails))]
    public async Task A_mail_that_is_made_to_hurt_is_read_or_refused_soon(string name)
    {
        var raw = Encoding.Latin1.GetBytes(
            $"From: a@members.example\nTo: c@committee.example\nMessage-ID: <x@y>\n{Hostile[name]()}");

        // On a thread with as little stack as a worker's has: what is read level by level must not need more.
        await Task.Run(() => IncomingMail.Read(raw, Received), TestContext.Current.CancellationToken)
            .WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    /// <summary>One that takes long throws, by its own limit.</summary>
    [Fact]
    public void No_expression_of_the_product_takes_long_on_any_of_the_texts_that_make_one_backtrack()
    {
        string[] texts =
        [
            .. from piece in (string[])["a", " ", "\t", "-", "0", "1:", "(", "[", "*", "#", ">", "@", "a@", ".", "=", "ab ", "- ", "- [ ] ", "AI ", "1.", "<", "&", "é", "é ", "A. "]
               from end in (string[])["", "!", "\n", "\0"]
               select string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length)) + end,
        ];
        Assert.All(Expressions(), expression => Assert.All(texts, text => _ = expression.Regex.IsMatch(text)));
    }

    [Fact]
    public void Every_expression_of_the_product_gives_up_or_cannot_backtrack()
    {
        var expressions = Expressions();

        Assert.True(expressions.Count > 30, $"{expressions.Count} expressions");
        Assert.All(expressions, expression => Assert.True(
            expression.Regex.MatchTimeout == ExpressionLimit.Longest || expression.Regex.Options.HasFlag(RegexOptions.NonBacktracking),
            expression.Name));
    }

    private static List<(string Name, Regex Regex)> Expressions() =>
    [
        .. from type in typeof(MinutesReader).Assembly.GetTypes()
           from method in type.GetMethods(
               BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
           where method.GetCustomAttribute<GeneratedRegexAttribute>() is not null
           select ($"{type.Name}.{method.Name}", (Regex)method.Invoke(null, null)!),
    ];

    [Theory]
    [InlineData("/acme/../config/acme/charter.json")]
    [InlineData("/acme/..%2f..%2fconfig%2facme%2fcharter.json")]
    [InlineData("/acme/%2e%2e/config/acme/charter.json")]
    [InlineData("/acme%2f..%2fapex/")]
    [InlineData("/..%5capex/")]
    [InlineData("/acme/meetings/%00")]
    [InlineData("/%40mailboxes/x")]
    [InlineData("/acme|x/")]
    public async Task A_path_leads_nowhere_but_into_the_site_of_its_committee(string path)
    {
        await using var host = await ProductHost.StartAsync(["acme", "apex"]);
        var asWritten = new Uri(
            host.Client.BaseAddress!.ToString().TrimEnd('/') + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var answer = await host.Client.GetAsync(asWritten, TestContext.Current.CancellationToken);

        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        Assert.DoesNotContain(
            "apex", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Nested(int levels)
    {
        var text = new StringBuilder();
        for (var level = 0; level < levels; level++)
        {
            text.Append("Content-Type: multipart/mixed; boundary=b").Append(level).Append("\n\n--b").Append(level).Append('\n');
        }

        return text.Append("Content-Type: text/plain\n\n+1\n").ToString();
    }

    private static byte[] ZipBomb()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("ballots.txt").Open())
        {
            var zeros = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 1024; megabyte++)
            {
                entry.Write(zeros);
            }
        }

        return file.ToArray();
    }
}
