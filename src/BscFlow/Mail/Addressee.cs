using BscFlow.Committee;
using BscFlow.Mail.Messages;

namespace BscFlow.Mail;

/// <summary>Someone who gets the committee's mails.</summary>
/// <param name="Key">Stable part of a mail's key: a member's id, or an address.</param>
/// <param name="Member">Null for who has no vote.</param>
public sealed record Addressee(string Key, Reader Reader, string Address, bool PlainText, Member? Member)
{
    public Recipient Recipient => new(Reader.Name, Address);

    /// <param name="member">
    /// Of the committee, or a voter beyond it, who has never been in office and has no page of their own.
    /// </param>
    public static Addressee Of(Member member) => member.Terms.Count > 0
        ? new(member.Id, new Reader(member.Name, ReaderRole.Member), member.Addresses[0], member.PlainText, member)
        : new(member.Id, new Reader(member.Name, ReaderRole.Voter), member.Addresses[0], member.PlainText, Member: null);

    /// <param name="sender">Known to the charter.</param>
    public static Addressee Of(Charter charter, Correspondent sender) =>
        new Roster(charter).ById(sender.Key) is { } member ? Of(member)
        : charter.Guests.FirstOrDefault(guest => guest.Address == sender.Key) is { } guest ? Of(guest)
        : OfSecretary(charter, sender.Key);

    /// <param name="guest">Has an address.</param>
    public static Addressee Of(Guest guest) =>
        new(guest.Address!, new Reader(guest.Name, ReaderRole.Guest), guest.Address!, PlainText: false, Member: null);

    /// <summary>The committee's mailing list, where it has one: it hears of what is public from then on.</summary>
    public static IEnumerable<Addressee> OfList(Charter charter) =>
        charter.List is { } list ? [new(list, Reader.OfList, list, PlainText: false, Member: null)] : [];

    /// <param name="secretary">An address; a name has who is a member or a guest too.</param>
    public static Addressee OfSecretary(Charter charter, string secretary)
    {
        var name = new Roster(charter).ByAddress(secretary)?.Name
            ?? charter.Guests.FirstOrDefault(guest => secretary.Equals(guest.Address, StringComparison.OrdinalIgnoreCase))?.Name
            ?? secretary;
        return new(secretary, new Reader(name, ReaderRole.Secretary), secretary, PlainText: false, Member: null);
    }
}
