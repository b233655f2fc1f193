using BscFlow.Votes.Tokens;

namespace BscFlow.Tests.Votes.Tokens;

public class BallotTokenTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly BallotToken _token = BallotToken.For(Secret, "tsc", "2025-07-charter", "tessa");

    [Fact]
    public void A_token_is_the_same_each_time_and_for_each_voter_another()
    {
        Assert.Equal(BallotToken.Length, _token.ToString().Length);
        Assert.Equal(_token, BallotToken.For(Secret, "tsc", "2025-07-charter", "tessa"));
        Assert.Equal(5, new HashSet<BallotToken>
        {
            _token,
            BallotToken.For(Secret, "tsc", "2025-07-charter", "oren"),
            BallotToken.For(Secret, "tsc", "2025-08-charter", "tessa"),
            BallotToken.For(Secret, "other", "2025-07-charter", "tessa"),
            BallotToken.For([.. Secret[1..], 0], "tsc", "2025-07-charter", "tessa"),
        }.Count);
    }

    /// <summary>Computed with another implementation: HMAC-SHA256, first 15 bytes, RFC 4648 base32 in lower case.</summary>
    [Fact]
    public void A_token_can_be_made_by_anyone_with_the_secret() =>
        Assert.Equal("zt7tyzf6zuja6q32nm6kdwfz", _token.ToString());

    [Fact]
    public void Ids_cannot_be_shifted_from_one_part_to_the_next() =>
        Assert.NotEqual(BallotToken.For(Secret, "a", "b", "c-d"), BallotToken.For(Secret, "a", "b-c", "d"));

    [Fact]
    public void It_is_found_in_the_plus_tag_and_in_the_subject()
    {
        Assert.Equal([_token], BallotToken.Find([_token.ReplyTo("secretary@committee.example")], "Re: Vote"));
        Assert.Equal([_token], BallotToken.Find(["secretary@committee.example"], "Re: " + _token.Subject("Vote")));
        Assert.Equal([_token], BallotToken.Find([_token.ReplyTo("secretary@committee.example")], _token.Subject("Vote")));
    }

    [Fact]
    public void A_change_of_case_on_the_way_does_no_harm() =>
        Assert.Equal([_token], BallotToken.Find([_token.ReplyTo("secretary@committee.example").ToUpperInvariant()], ""));

    [Fact]
    public void Two_tokens_in_one_mail_are_both_found()
    {
        var other = BallotToken.For(Secret, "tsc", "2025-08-charter", "tessa");

        Assert.Equal([_token, other], BallotToken.Find([_token.ReplyTo("s@committee.example")], other.Subject("Vote")));
    }

    [Theory]
    [InlineData("secretary@committee.example", "Vote v-")]
    [InlineData("secretary+v-short@committee.example", "")]
    [InlineData("secretary+v-abcdefghijklmnopqrstuvwxy@committee.example", "")]
    [InlineData("secretary+v-abcdefghijklmnopqrstuvw1@committee.example", "")]
    [InlineData("secretary@committee.example", "inv-abcdefghijklmnopqrstuvwx")]
    [InlineData("v-abcdefghijklmnopqrstuvwx@committee.example", "")]
    public void What_only_resembles_a_token_is_none(string recipient, string subject) =>
        Assert.Empty(BallotToken.Find([recipient], subject));

    [Fact]
    public void A_guess_does_not_match()
    {
        var guess = Assert.Single(BallotToken.Find([], "[v-abcdefghijklmnopqrstuvwx]"));

        Assert.False(_token.Matches(guess));
        Assert.True(_token.Matches(Assert.Single(BallotToken.Find([], $"[v-{_token}]"))));
        Assert.False(default(BallotToken).Matches(default));
    }

    [Fact]
    public void A_short_secret_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BallotToken.For(Secret.AsSpan(0, 31), "tsc", "m", "v"));
}
