using System.Globalization;
using System.Reflection;
using BscFlow.Storage;

namespace BscFlow.Tests.Storage;

public sealed class KeysTests
{
    [Theory]
    [InlineData("Table", nameof(Keys.Tables))]
    [InlineData("Container", nameof(Keys.Containers))]
    [InlineData("Queue", nameof(Keys.Queues))]
    public void Every_named_part_of_the_account_is_made_at_the_start(string kind, string list)
    {
        var named = typeof(Keys).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.Name.EndsWith(kind, StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!);
        var made = (IReadOnlyList<string>)typeof(Keys).GetProperty(list)!.GetValue(null)!;

        Assert.Equal(named.Order(), made.Order());
    }

    [Fact]
    public void A_moment_in_a_key_is_read_back()
    {
        var moment = new DateTimeOffset(2025, 11, 12, 9, 30, 0, TimeSpan.FromHours(-8));

        Assert.Equal("20251112T1730Z", Keys.Instant(moment));
        Assert.Equal(moment, Keys.ParseInstant("20251112T1730Z"));
    }

    [Fact]
    public void A_day_in_a_key_is_the_same_whatever_the_language_of_the_machine()
    {
        var own = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");

            Assert.Equal("joe|2025-12-20", Keys.Absence("joe", new DateOnly(2025, 12, 20)));
            Assert.Equal("digest|2025-10-06|joe", Keys.DigestMail(new DateOnly(2025, 10, 6), "joe"));
        }
        finally
        {
            CultureInfo.CurrentCulture = own;
        }
    }
}
