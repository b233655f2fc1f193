namespace BscFlow.Minutes;

/// <summary>An action item as read from one line, before its surroundings have their say.</summary>
/// <param name="Text">Empty where the line has owners and nothing else: "AI: Joe".</param>
/// <param name="At">Where its marker stands in the text, which may have more than one line.</param>
internal sealed record ReadAction(List<string> Owners, string Text, bool Done, bool Carried, int At = 0)
{
    /// <summary>Takes the done mark and the punctuation around it off a task.</summary>
    /// <param name="owners">As read; words for nobody among them are left out.</param>
    /// <param name="remark">What stands beside the task: a mark, or more words of it.</param>
    public static ReadAction Of(IEnumerable<string> owners, ReadOnlySpan<char> text, bool carried, ReadOnlySpan<char> remark = default)
    {
        var task = text.ToString();
        var done = DoneMark.Take(ref task);
        if (!remark.IsEmpty)
        {
            var note = remark.ToString();
            done |= DoneMark.Take(ref note);
            note = note.Trim(' ', '.');
            task = task.Length == 0 ? note : note.Length > 1 ? $"{task} {note}" : task;
        }

        task = task.AsSpan().Trim(" *_:\u2013-").ToString();
        return new([.. owners.Where(owner => !OwnerList.IsUnassigned(owner))], task, done, carried);
    }
}
