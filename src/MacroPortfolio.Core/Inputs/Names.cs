using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Inputs;

/// <summary>Name of a CodeDeploy application.</summary>
public readonly record struct ApplicationName(string Value)
{
    public const string Expected = "the name of a CodeDeploy application: 1 to 100 letters, digits or . _ + = , @ -";

    public static bool TryParse(string text, out ApplicationName name)
    {
        name = new(text);
        return Names.IsCodeDeployName(text);
    }

    public override string ToString() => Value;
}

/// <summary>Name of a CodeDeploy deployment group.</summary>
public readonly record struct DeploymentGroupName(string Value)
{
    public const string Expected = "the name of a CodeDeploy deployment group: 1 to 100 letters, digits or . _ + = , @ -";

    public static bool TryParse(string text, out DeploymentGroupName name)
    {
        name = new(text);
        return Names.IsCodeDeployName(text);
    }

    public override string ToString() => Value;
}

/// <summary>Name of a stage of the release file or, without one, of the deployment group that is the stage.</summary>
public readonly record struct StageName(string Value)
{
    public const string Expected = "the name of a stage: 1 to 100 letters, digits or . _ + = , @ -";

    public static bool TryParse(string text, out StageName name)
    {
        name = new(text);
        return Names.IsCodeDeployName(text);
    }

    public override string ToString() => Value;
}

/// <summary><c>d-</c> and nine capitals or digits, as CodeDeploy makes them.</summary>
public readonly record struct DeploymentId(string Value)
{
    public const string Expected = "a deployment id such as d-A1B2C3D4E";

    public static bool TryParse(string text, out DeploymentId id)
    {
        id = new(text);
        return Names.DeploymentId().IsMatch(text);
    }

    public override string ToString() => Value;
}

/// <summary>A whole commit id: the agent downloads exactly this archive, so neither a branch nor a short id will do.</summary>
public readonly record struct CommitId(string Value)
{
    public const string Expected = "a commit id (40 hexadecimal digits)";

    public string Abbreviated => Value[..7];

    public static bool TryParse(string text, out CommitId commit)
    {
        commit = new(text);
        return text.Length == 40 && text.All(char.IsAsciiHexDigitLower);
    }

    public override string ToString() => Value;
}

/// <summary><c>owner/name</c> on GitHub.</summary>
public readonly record struct RepositoryName(string Value)
{
    public const string Expected = "a repository as owner/name";

    public string Owner => Value[..Value.IndexOf('/')];
    public string Name => Value[(Value.IndexOf('/') + 1)..];

    public static bool TryParse(string text, out RepositoryName repository)
    {
        repository = new(text);
        return Names.Repository().IsMatch(text);
    }

    public override string ToString() => Value;
}

/// <summary>An IAM role.</summary>
public readonly record struct RoleArn(string Value)
{
    public const string Expected = "the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy";

    public string Partition => Value.Split(':')[1];
    public string Account => Value.Split(':')[4];

    /// <summary>Without its path.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    public static bool TryParse(string text, out RoleArn role)
    {
        role = new(text);
        return text.Length <= 2048 && Names.Role().IsMatch(text);
    }

    public override string ToString() => Value;
}

/// <summary>The number of an AWS account.</summary>
public readonly record struct AccountId(string Value)
{
    public const string Expected = "the id of an AWS account, 12 digits";

    public static bool TryParse(string text, out AccountId account)
    {
        account = new(text);
        return text.Length == 12 && text.All(char.IsAsciiDigit);
    }

    public override string ToString() => Value;
}

/// <summary>An AWS region, from which hosts are derived, so nothing but a region's form is taken.</summary>
public readonly record struct RegionName(string Value)
{
    public const string Expected = "an AWS region such as eu-west-1";

    /// <summary>The first part of ARNs there, as far as the region's name tells.</summary>
    public string Partition => Value switch
    {
        _ when Value.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when Value.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when Value.StartsWith("eusc-", StringComparison.Ordinal) => "aws-eusc",
        _ => "aws",
    };

    /// <summary>The console of the region's partition, null where there is none that we know.</summary>
    public string? ConsoleHost => Value switch
    {
        _ when Value.StartsWith("cn-", StringComparison.Ordinal) => $"{Value}.console.amazonaws.cn",
        _ when Value.StartsWith("us-gov-", StringComparison.Ordinal) => $"{Value}.console.amazonaws-us-gov.com",
        _ when Value.StartsWith("eusc-", StringComparison.Ordinal) => $"{Value}.console.amazonaws-eusc.eu",
        _ when Value.Contains("-iso", StringComparison.Ordinal) => null,
        _ => $"{Value}.console.aws.amazon.com",
    };

    public static bool TryParse(string text, out RegionName region)
    {
        region = new(text);
        return Names.Region().IsMatch(text);
    }

    public override string ToString() => Value;
}

/// <summary>A bucket of S3, as its naming rules have it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</summary>
public readonly record struct BucketName(string Value)
{
    public const string Expected = "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots or hyphens";

    public static bool TryParse(string text, out BucketName bucket)
    {
        bucket = new(text);
        return Names.Bucket().IsMatch(text);
    }

    public override string ToString() => Value;
}

/// <summary>What the keys of bundles begin with.</summary>
public readonly record struct KeyPrefix(string Value)
{
    public const string Expected = "a prefix of S3 keys such as bundles/api: letters, digits or . _ - + = @ between single slashes, 500 at most";

    public static KeyPrefix None => new("");

    /// <summary>Of the bundle whose bytes have this SHA-256.</summary>
    public string KeyOf(ApplicationName application, string hash) => $"{(Value is { Length: > 0 } prefix ? prefix + "/" : "")}{application}/{hash}.zip";

    public static bool TryParse(string text, out KeyPrefix prefix)
    {
        prefix = new(text.Trim('/'));
        return text.Length <= 500 && Names.Prefix().IsMatch(prefix.Value);
    }

    public override string ToString() => Value;
}

/// <summary>A value that cannot print itself.</summary>
public readonly record struct Secret(string Value)
{
    public override string ToString() => "***";
}

internal static partial class Names
{
    /// <summary>The service's limit and characters (CodeDeploy user guide, quotas).</summary>
    public static bool IsCodeDeployName(string text) => CodeDeployName().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9._+=,@\-]{1,100}\z")]
    private static partial Regex CodeDeployName();

    [GeneratedRegex(@"^(?!.*\.\.)[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]\z")]
    public static partial Regex Bucket();

    [GeneratedRegex(@"^(?!(?:.*/)?\.{1,2}(?:/|\z))[A-Za-z0-9._+=@\-]+(?:/[A-Za-z0-9._+=@\-]+)*\z")]
    public static partial Regex Prefix();

    [GeneratedRegex(@"^d-[A-Z0-9]{9,12}\z")]
    public static partial Regex DeploymentId();

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9\-_]{0,99})/(?!\.{1,2}\z)[A-Za-z0-9._\-]{1,100}\z")]
    public static partial Regex Repository();

    [GeneratedRegex(@"^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[\x21-\x7e]{1,512}\z")]
    public static partial Regex Role();

    [GeneratedRegex(@"^[a-z]{2,5}(-[a-z]+)+-[0-9]{1,2}\z")]
    public static partial Regex Region();
}
