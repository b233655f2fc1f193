namespace BscFlow.Votes;

/// <summary>What became of a wish to change a motion.</summary>
public abstract record MotionChange
{
    private MotionChange()
    {
    }

    /// <summary>The motion as it is now.</summary>
    public sealed record Made(Motion Motion) : MotionChange;

    /// <summary>Nothing changed.</summary>
    /// <param name="Reason">In words that can be shown: "its deadline has passed".</param>
    public sealed record Refused(string Reason) : MotionChange;

    /// <summary>There is no motion of that id.</summary>
    public sealed record Unknown : MotionChange;
}
