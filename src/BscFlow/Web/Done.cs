using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>What a press of a button did; the page that it leads to says so in a line.</summary>
public enum Done
{
    MeetingCalled,
    MeetingCalledLate,
    MeetingCancelled,
    ChairSet,
    OnAgenda,
    Published,
    MotionOpened,
    MotionExtended,
    MotionWithdrawn,
    MotionCorrected,
    MotionRatified,
    BallotEntered,
    VoterCalled,
    NominationsOpened,
    OrderKept,
    ItemChanged,
    ItemDone,
    ItemLater,
    ItemNotMine,
    MemberJoins,
    MemberChanged,
    TermChanged,
    MailSettled,
    MailCounted,
    MailsSettled,
    InForce,
    Voted,
    Away,
    NotAway,
}

/// <summary>Leads from a button to the page that says what it did.</summary>
internal static class DoneWords
{
    /// <summary>Of the query: the name of what was done.</summary>
    public const string Query = "done";

    public static RedirectHttpResult Redirect(string path, Done done) =>
        TypedResults.Redirect($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Query}={done}");

    /// <summary>Null for what names nothing that is done here: a reader may write anything into an address.</summary>
    public static string? Of(string? name) => Enum.TryParse<Done>(name, out var done) ? Words(done) : null;

    private static string? Words(Done done) => done switch
    {
        Done.MeetingCalled => "The meeting is called. Its agenda and the invitation leave within minutes, or when they are due.",
        Done.MeetingCalledLate => "The meeting is called, with less notice than your charter gives: "
            + "the agenda and the invitation leave within minutes. Make sure that the members know of it in time.",
        Done.MeetingCancelled => "The meeting is cancelled. The members are told, and the invitation is taken back.",
        Done.ChairSet => "The chair is set.",
        Done.OnAgenda => "It is on the agenda.",
        Done.Published => "The minutes are published.",
        Done.MotionOpened => "The vote is open. Its mails leave now.",
        Done.MotionExtended => "There is more time. Everyone who is asked is told.",
        Done.MotionWithdrawn => "The motion is withdrawn. Everyone who was asked is told.",
        Done.MotionCorrected => "The text is corrected. Everyone who is asked gets it anew.",
        Done.MotionRatified => "The ratification is on record.",
        Done.BallotEntered => "The ballot is counted. Its voter gets a receipt.",
        Done.VoterCalled => "The voter is called again.",
        Done.NominationsOpened => "The voters are asked to nominate. The mails leave now.",
        Done.OrderKept => "The order is on record.",
        Done.ItemChanged => "The action item is changed.",
        Done.ItemDone => "The action item is done.",
        Done.ItemLater => "The action item has a new date.",
        Done.ItemNotMine => "The action item is not yours any more.",
        Done.MemberJoins => "The member is in the charter.",
        Done.MemberChanged => "The change is in the charter.",
        Done.TermChanged => "The term is changed.",
        Done.MailSettled => "The mail is settled.",
        Done.MailCounted => "The mail is counted as a ballot.",
        Done.MailsSettled => "They are settled.",
        Done.InForce => "The charter is in force.",
        Done.Voted => "Your ballot is counted. A receipt is on its way to you.",
        Done.Away => "The committee knows that you will be away.",
        Done.NotAway => "The committee knows that you will be there.",
        _ => null,
    };
}
