using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BscFlow.Publishing;

/// <summary>What of a parsed text is looked at before it is written, found in one walk; in its order.</summary>
internal sealed class NotesParts
{
    /// <summary>Blocks that can be linked to.</summary>
    public List<Block> Places { get; } = [];

    public List<HeadingBlock> Headings { get; } = [];

    public List<CodeBlock> CodeBlocks { get; } = [];

    public List<LinkInline> Links { get; } = [];

    /// <summary>Written between angle brackets.</summary>
    public List<AutolinkInline> Addresses { get; } = [];

    public List<LiteralInline> Texts { get; } = [];

    public List<CodeInline> Codes { get; } = [];

    public static NotesParts Of(MarkdownDocument document)
    {
        var parts = new NotesParts();
        parts.AddAll(document);
        return parts;
    }

    /// <remarks>Minutes nest no deeper than they are let: see <see cref="Minutes.MinutesMarkdown"/>.</remarks>
    private void AddAll(ContainerBlock blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            Add(blocks[i]);
        }
    }

    private void Add(Block block)
    {
        if (block is ListItemBlock or HeadingBlock or ParagraphBlock)
        {
            Places.Add(block);
        }

        switch (block)
        {
            case ContainerBlock container:
                AddAll(container);
                break;
            case HeadingBlock heading:
                Headings.Add(heading);
                AddAll(heading.Inline);
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
                case LiteralInline text:
                    Texts.Add(text);
                    break;
                case CodeInline code:
                    Codes.Add(code);
                    break;
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
