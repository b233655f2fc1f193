using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BscFlow.Publishing;

/// <summary>What of a block is looked at before it is written, found in one walk; in its order.</summary>
internal sealed class NotesParts
{
    public List<CodeBlock> CodeBlocks { get; } = [];

    public List<LinkInline> Links { get; } = [];

    /// <summary>Written between angle brackets.</summary>
    public List<AutolinkInline> Addresses { get; } = [];

    public static NotesParts Of(Block block)
    {
        var parts = new NotesParts();
        parts.Add(block);
        return parts;
    }

    /// <remarks>A table is no deeper than its cells.</remarks>
    private void Add(Block block)
    {
        switch (block)
        {
            case ContainerBlock container:
                for (var i = 0; i < container.Count; i++)
                {
                    Add(container[i]);
                }

                break;
            case CodeBlock code:
                CodeBlocks.Add(code);
                break;
            case LeafBlock leaf:
                AddAll(leaf.Inline);
                break;
        }
    }

    private void AddAll(ContainerInline? inlines)
    {
        for (var inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case AutolinkInline address:
                    Addresses.Add(address);
                    break;
                case LinkInline link:
                    Links.Add(link);
                    AddAll(link);
                    break;
                case ContainerInline container:
                    AddAll(container);
                    break;
            }
        }
    }
}
