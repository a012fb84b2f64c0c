using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using System.Web;

namespace MacroPortfolio.Core.Inputs;

/// <summary>The commit that a revision comes of.</summary>
public sealed partial record Origin(RepositoryName Repository, CommitId Id)
{
    /// <summary>What the revision of a bundle is described with when it is registered.</summary>
    public string Describe(long run) => run > 0 ? $"{Repository}@{Id} pushed by run {run}" : $"{Repository}@{Id}";

    /// <summary>Null for a description that this program did not write.</summary>
    public static Origin? Find(string? description) =>
        description is not null && Form().Match(description) is { Success: true } match
        && RepositoryName.TryParse(match.Groups["repository"].Value, out var repository) && CommitId.TryParse(match.Groups["commit"].Value, out var commit)
            ? new Origin(repository, commit)
            : null;

    [GeneratedRegex(@"^(?<repository>[^\s@]{3,141})@(?<commit>[0-9a-f]{40})(?: pushed by run [0-9]+)?\z")]
    private static partial Regex Form();
}

/// <summary>What a deployment installs: a commit that every instance downloads from GitHub, or an object in S3.</summary>
public abstract partial record Revision
{
    private Revision() { }

    public const string Expected = "github (the commit of this run), github:<40 hexadecimal digits>, or s3://bucket/key.zip with ?versionId=... or ?eTag=...";

    /// <summary>Of a verb that can push a folder first.</summary>
    public const string ExpectedOrBundle = "github (the commit of this run), github:<40 hexadecimal digits>, s3://bucket/key.zip with ?versionId=... or ?eTag=..., or bundle:<folder>";

    /// <summary>Short enough for a line of the log: <c>acme/site@1a2b3c4</c>, <c>s3://bucket/key#version</c>.</summary>
    public abstract string Label { get; }

    /// <summary>As the input <c>revision</c> is written.</summary>
    public abstract string Text { get; }

    /// <summary>True when both certainly name the same bytes: the same commit, or the same object with an equal version or eTag.</summary>
    public abstract bool SameAs(Revision? other);

    /// <summary>True when both certainly name different bytes. Of an object without version and eTag nothing is certain.</summary>
    public abstract bool DiffersFrom(Revision other);

    /// <summary>The commit that it is or was built of, as far as that is known.</summary>
    public virtual Origin? From => null;

    public CommitId? Commit => From?.Id;

    public sealed record GitHub(RepositoryName Repository, CommitId Id) : Revision
    {
        public override string Label => $"{Repository}@{Id.Abbreviated}";
        public override string Text => $"github:{Id}";
        public override Origin? From => new(Repository, Id);
        public override bool SameAs(Revision? other) =>
            other is GitHub hub && hub.Id == Id && string.Equals(hub.Repository.Value, Repository.Value, StringComparison.OrdinalIgnoreCase);
        public override bool DiffersFrom(Revision other) => other is not Unrecognised && !SameAs(other);
    }

    /// <param name="BundleType">zip, tar or tgz.</param>
    public sealed record S3(string Bucket, string Key, string BundleType, string? Version, string? ETag) : Revision
    {
        /// <summary>As the revision's description in CodeDeploy says, which tells people and decides nothing.</summary>
        public Origin? BuiltOf { get; init; }

        public override Origin? From => BuiltOf;

        public override string Label => (Version ?? ETag?.Trim('"')) is { } pin ? $"{Place}#{(pin.Length > 12 ? pin[..12] : pin)}" : Place;

        /// <summary>A hash in the key is told by its beginning, as a commit is.</summary>
        private string Place => $"s3://{Bucket}/{Hash().Replace(Key, "$1..")}";

        public override string Text => $"s3://{Bucket}/{Uri.EscapeDataString(Key).Replace("%2F", "/", StringComparison.Ordinal)}" + Pin;

        private string Pin => (Version, ETag) switch
        {
            ({ } version, _) => $"?versionId={Uri.EscapeDataString(version)}",
            (_, { } eTag) => $"?eTag={Uri.EscapeDataString(eTag.Trim('"'))}",
            _ => "",
        };

        public override bool SameAs(Revision? other) =>
            other is S3 s3 && s3.Bucket == Bucket && s3.Key == Key
            && ((Version is not null && Version == s3.Version) || (ETag is not null && ETag.Trim('"') == s3.ETag?.Trim('"')));

        public override bool DiffersFrom(Revision other) => other switch
        {
            Unrecognised => false,
            S3 s3 when s3.Bucket == Bucket && s3.Key == Key => !SameAs(s3) && (
                (Version is not null && s3.Version is not null && Version != s3.Version)
                || (ETag is not null && s3.ETag is not null && ETag.Trim('"') != s3.ETag.Trim('"'))),
            _ => true,
        };
    }

    /// <summary>A folder of this machine, to be pushed to S3 first. What is deployed is the object that comes of it.</summary>
    public sealed record Bundle(string Folder) : Revision
    {
        public override string Label => Text;
        public override string Text => $"bundle:{Folder}";
        public override bool SameAs(Revision? other) => false;
        public override bool DiffersFrom(Revision other) => false;
    }

    /// <summary>A kind that EC2 deployments do not have, or that this program does not know. It is shown, never deployed.</summary>
    public sealed record Unrecognised(string Kind) : Revision
    {
        public override string Label => $"a revision of type {Kind}";
        public override string Text => Kind;
        public override bool SameAs(Revision? other) => false;
        public override bool DiffersFrom(Revision other) => false;
    }

    /// <summary>Reads the input <c>revision</c>. <c>github</c> alone means <paramref name="current"/>, the commit of this run.</summary>
    public static bool TryParse(string text, RepositoryName? repository, CommitId? current, [NotNullWhen(true)] out Revision? revision)
    {
        revision = text switch
        {
            "github" when repository is { } here && current is { } commit => new GitHub(here, commit),
            _ when repository is { } here && text.StartsWith("github:", StringComparison.Ordinal) && CommitId.TryParse(text["github:".Length..], out var commit) => new GitHub(here, commit),
            _ when text.StartsWith("s3://", StringComparison.Ordinal) => ParseS3(text["s3://".Length..]),
            _ when text.StartsWith("bundle:", StringComparison.Ordinal) && text["bundle:".Length..].Trim() is { Length: > 0 } folder => new Bundle(folder),
            _ => null,
        };
        return revision is not null;
    }

    private static S3? ParseS3(string text)
    {
        var (path, query) = text.IndexOf('?') is var mark and >= 0 ? (text[..mark], text[(mark + 1)..]) : (text, "");
        var slash = path.IndexOf('/');
        if (slash < 1 || slash == path.Length - 1)
        {
            return null;
        }

        var key = Uri.UnescapeDataString(path[(slash + 1)..]);
        var pins = HttpUtility.ParseQueryString(query);
        var known = pins.AllKeys.All(name => name is "versionId" or "eTag" && pins.GetValues(name) is [{ Length: > 0 }]);
        return known && BundleTypeOf(key) is { } type ? new S3(path[..slash], key, type, pins["versionId"], pins["eTag"]) : null;
    }

    private static string? BundleTypeOf(string key) => key switch
    {
        _ when key.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) => "zip",
        _ when key.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) => "tar",
        _ when key.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || key.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) => "tgz",
        _ => null,
    };

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])")]
    private static partial Regex Hash();
}
