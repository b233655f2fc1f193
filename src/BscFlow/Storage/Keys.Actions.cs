namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of action items; partition: committee, row: the item's id.</summary>
    public const string ActionsTable = "Actions";
}
