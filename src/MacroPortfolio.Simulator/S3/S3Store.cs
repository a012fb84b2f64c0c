using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.S3;

/// <summary>What a deletion did: which version is gone or was made, and whether that is a delete marker.</summary>
public sealed record Deletion(string? VersionId, bool DeleteMarker);

/// <summary>A version opened for reading. Its bytes stay readable when the version is deleted meanwhile.</summary>
public sealed record OpenedObject(S3Version Version, FileStream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>
/// The buckets: each version a file below the state folder, the index in memory. Every file has a name of its own, so nothing is ever written over.
/// </summary>
public sealed class S3Store
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);
    private readonly string folder;
    private readonly TimeProvider time;
    private readonly Random random;
    private long files;

    public S3Store(WorldFile world, string stateFolder, TimeProvider time)
    {
        Region = world.Region;
        this.time = time;
        random = new Random(world.Seed);
        folder = Path.Combine(stateFolder, "s3");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (account, bucket) in world.EachAccount().SelectMany(one => one.S3.Buckets.Select(bucket => (one.Account, bucket))))
        {
            CreateBucket(bucket.Name, account);
            if (bucket.Versioned)
                SetVersioning(bucket.Name, Versioning.Enabled);
            if (bucket.Policy is { } policy)
                SetPolicy(bucket.Name, Policy.Parse(policy, PolicyKind.Resource));
        }
    }

    public string Region { get; }

    public IReadOnlyList<(string Name, DateTimeOffset Created)> Buckets(string account)
    {
        lock (gate)
            return [.. buckets.Values.Where(bucket => bucket.Account == account).Select(bucket => (bucket.Name, bucket.Created))];
    }

    /// <summary>Names are the same for all accounts.</summary>
    public void CreateBucket(string name, string account)
    {
        Bucket.CheckName(name);
        lock (gate)
        {
            if (buckets.TryAdd(name, new Bucket(name, account, time.GetUtcNow())))
                return;
            throw buckets[name].Account == account
                ? new AwsException(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.")
                : new AwsException(409, "BucketAlreadyExists",
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.");
        }
    }

    public void DeleteBucket(string name)
    {
        lock (gate)
        {
            if (Find(name).Versions.Any())
                throw new AwsException(409, "BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all versions in the bucket.");
            buckets.Remove(name);
        }
    }

    public string AccountOf(string bucket)
    {
        lock (gate)
            return Find(bucket).Account;
    }

    /// <exception cref="AwsException">The bucket has none.</exception>
    public Policy PolicyOf(string bucket)
    {
        lock (gate)
            return Find(bucket).Policy ?? throw new AwsException(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
    }

    /// <summary>Who owns the bucket and what hangs on it; nothing where there is no such bucket.</summary>
    public (string? Account, Policy? Policy) GuardsOf(string bucket)
    {
        lock (gate)
            return buckets.TryGetValue(bucket, out var found) ? (found.Account, found.Policy) : (null, null);
    }

    /// <param name="policy">Null: it has none any more.</param>
    public void SetPolicy(string bucket, Policy? policy)
    {
        lock (gate)
            Find(bucket).Policy = policy;
    }

    public Versioning VersioningOf(string bucket)
    {
        lock (gate)
            return Find(bucket).Versioning;
    }

    public void SetVersioning(string bucket, Versioning versioning)
    {
        lock (gate)
            Find(bucket).Versioning = versioning;
    }

    /// <summary>The current objects, by key.</summary>
    public IReadOnlyList<S3Version> Objects(string bucket)
    {
        lock (gate)
            return [.. Find(bucket).Current];
    }

    /// <summary>All versions and delete markers, by key, the newest of each key first.</summary>
    public IReadOnlyList<S3Version> Versions(string bucket)
    {
        lock (gate)
            return [.. Find(bucket).Versions];
    }

    /// <summary>A version, or the newest one, be it a delete marker.</summary>
    public S3Version Get(string bucket, string key, string? versionId)
    {
        lock (gate)
            return Find(bucket).Get(key, versionId);
    }

    /// <summary>The version if it is there; for looking at before anything is said of it.</summary>
    public S3Version? Peek(string bucket, string key, string? versionId)
    {
        lock (gate)
            return Find(bucket) is var found && versionId is null ? found.Newest(key) : found.Find(key, versionId!);
    }

    public S3Version Put(
        string bucket, string key, ReadOnlySpan<byte> bytes,
        ObjectDescription? description = null, Checksum? checksum = null, WriteCondition? condition = null)
    {
        var file = NewFile();
        File.WriteAllBytes(file, bytes);
        checksum ??= new Checksum(ChecksumAlgorithm.Crc64Nvme, ChecksumAlgorithm.Crc64Nvme.Of(bytes));
        var version = new S3Version(key, "", time.GetUtcNow(), ETags.Of(ETags.Md5(bytes)), bytes.Length, description ?? ObjectDescription.None, checksum, file);
        return Add(bucket, version, condition ?? WriteCondition.None);
    }

    /// <summary>Takes a version whose file is written already, and gives it its id.</summary>
    public S3Version Add(string bucket, S3Version version, WriteCondition condition)
    {
        lock (gate)
        {
            try
            {
                var into = Find(bucket);
                condition.Check(into.Newest(version.Key) is { IsDeleteMarker: false } current ? current : null);
                var added = version with { VersionId = into.Versioning == Versioning.Enabled ? NewId() : S3Version.NullId };
                Discard(into.Add(added));
                return added;
            }
            catch (AwsException)
            {
                Discard(version);
                throw;
            }
        }
    }

    public OpenedObject Open(string bucket, string key, string? versionId)
    {
        lock (gate)
        {
            var version = Find(bucket).Get(key, versionId);
            return version.IsDeleteMarker ? throw S3Errors.NoSuchKey() : new OpenedObject(version, Read(version.File));
        }
    }

    public Deletion Delete(string bucket, string key, string? versionId)
    {
        lock (gate)
        {
            var from = Find(bucket);
            if (versionId is not null)
            {
                var removed = from.Remove(key, versionId);
                Discard(removed);
                return new Deletion(versionId, removed is { IsDeleteMarker: true });
            }

            if (from.Versioning == Versioning.None)
            {
                Discard(from.Remove(key, S3Version.NullId));
                return new Deletion(null, false);
            }

            var marker = S3Version.DeleteMarker(key, from.Versioning == Versioning.Enabled ? NewId() : S3Version.NullId, time.GetUtcNow());
            Discard(from.Add(marker));
            return new Deletion(marker.VersionId, true);
        }
    }

    /// <summary>A file that nobody else has.</summary>
    public string NewFile() => Path.Combine(folder, $"{Interlocked.Increment(ref files):D8}");

    /// <summary>An id of 32 letters and digits, as versions and uploads have.</summary>
    public string NewId()
    {
        lock (gate)
            return random.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32);
    }

    public static FileStream Read(string file) =>
        new(file, new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });

    private Bucket Find(string name) => buckets.GetValueOrDefault(name) ?? throw S3Errors.NoSuchBucket();

    private static void Discard(S3Version? version)
    {
        if (version is { IsDeleteMarker: false })
            File.Delete(version.File);
    }
}
