namespace BscFlow.Actions;

/// <summary>The wordings of mentions that are held against many statements, each worked out once; for one reading of minutes.</summary>
internal sealed class ActionWordings
{
    private readonly Dictionary<ActionMention, ActionWording> _known = new(ReferenceEqualityComparer.Instance);

    public ActionWording Of(ActionMention mention)
    {
        if (!_known.TryGetValue(mention, out var wording))
        {
            wording = new ActionWording(mention);
            _known.Add(mention, wording);
        }

        return wording;
    }

    public void Add(IReadOnlyList<ActionStatement> statements)
    {
        foreach (var statement in statements)
        {
            _known[statement.Mention] = statement.Wording;
        }
    }

    public void Forget(ActionItem item)
    {
        foreach (var mention in item.Mentions)
        {
            _known.Remove(mention);
        }
    }
}
