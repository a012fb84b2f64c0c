using System.Text.RegularExpressions;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>The ARN of a role. Sessions are named by the role's name without its path.</summary>
public sealed partial record RoleArn(string Partition, string Account, string Name, string Text)
{
    public static bool TryParse(string? text, out RoleArn arn)
    {
        var match = Form().Match(text ?? "");
        arn = new RoleArn(match.Groups["partition"].Value, match.Groups["account"].Value, match.Groups["name"].Value, match.Value);
        return match.Success;
    }

    public string Session(string name) => $"arn:{Partition}:sts::{Account}:assumed-role/{Name}/{name}";

    public override string ToString() => Text;

    [GeneratedRegex(@"^arn:(?<partition>aws|aws-cn|aws-us-gov):iam::(?<account>\d{12}):role/(?:[\x21-\x7e]+/)?(?<name>[A-Za-z0-9_+=,.@-]{1,64})\z")]
    private static partial Regex Form();
}
