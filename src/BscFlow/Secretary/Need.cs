namespace BscFlow.Secretary;

public enum Urgency
{
    /// <summary>Something goes wrong, or has gone wrong, unless a person acts.</summary>
    Now,

    /// <summary>It is a person's turn.</summary>
    Soon,

    /// <summary>Nothing is to be done yet.</summary>
    Quiet,
}

/// <summary>The one thing that deals with a need: a page of the desk that is opened, or a form that is sent.</summary>
/// <param name="Path">Below the committee's desk, such as <c>/meetings/0034/minutes</c>.</param>
/// <param name="Sends">The button does it; otherwise it leads to where it is done.</param>
public sealed record NeedButton(string Label, string Path, bool Sends = false);

/// <summary>Something on the desk that waits for a person.</summary>
/// <param name="Title">What it is, as a sentence or the name of the thing.</param>
/// <param name="Detail">What a person must know to act.</param>
/// <param name="Button">Null where it is only to be known.</param>
public sealed record Need(Urgency Urgency, string Title, string Detail, NeedButton? Button);
