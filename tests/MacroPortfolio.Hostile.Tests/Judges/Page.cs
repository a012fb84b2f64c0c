using System.Text.RegularExpressions;

namespace MacroPortfolio.Hostile.Tests.Judges;

/// <summary>What GitHub makes of a page of markdown, as far as it can act or be broken.</summary>
/// <param name="Form">Every block, link, image and piece of HTML in order. It has no text, so two pages of one form differ in words alone.</param>
/// <param name="Prose">The text outside of code and links, a line for each block: where GitHub looks for names and numbers.</param>
internal sealed partial record Page(IReadOnlyList<string> Form, IReadOnlyList<string> Prose)
{
    /// <summary>Whatever GitHub would make a link, a notification or a picture of; null when there is nothing.</summary>
    public string? Acting => Prose.Select(text => Acts().Match(text)).FirstOrDefault(match => match.Success)?.Value;

    /// <summary>
    /// Mentions, references and commit ids: https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls;
    /// addresses as GFM finds them; names of emoji, which are pictures.
    /// </summary>
    [GeneratedRegex(
        @"@[a-z0-9]|\#[0-9]|\bgh-[0-9]|\b(?=[0-9]*[a-f])[0-9a-f]{7,64}\b|\b(?:https?|ftp)://|\bwww\.|:(?![0-9]+:)[a-z0-9_+-]+:|:1234:|:100:",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Acts();
}
