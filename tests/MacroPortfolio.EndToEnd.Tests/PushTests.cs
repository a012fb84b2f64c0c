using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>A folder becomes an object in S3 that deployments name: the same bytes once, whoever pushes them.</summary>
public sealed class PushTests(Cloud cloud) : IClassFixture<Cloud>, IDisposable
{
    private const string AppSpec = """
        version: 0.0
        os: linux
        files:
          - source: /index.html
            destination: /var/www/html
        file_exists_behavior: OVERWRITE
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macro-portfolio-push-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_same_tree_is_uploaded_once_whatever_the_times_of_its_files()
    {
        var application = cloud.TakeApplication();
        var first = await Job(application, "one").RunAsync("push");
        File.SetLastWriteTimeUtc(Path.Combine(folder.FullName, "index.html"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        var second = await Job(application, "one").RunAsync("push");

        (first.ExitCode, second.ExitCode).Should().Be((0, 0), "{0}", first);
        second.Outputs["revision"].Should().Be(first.Outputs["revision"]).And.MatchRegex($@"^s3://bundles/{application.Name}/[0-9a-f]{{64}}\.zip\?versionId=.+$");
        (first.Requests.Of("PutObject").Count, second.Requests.Of("PutObject").Count).Should().Be((1, 0));
        second.Output.Should().Contain("in its bucket already, so nothing was uploaded");
        first.Requests.Concat(second.Requests).Should().NotContain(request => request.Operation == "CreateDeployment");
        (first.Outcome, first.Record["pushed"]!.ToString()).Should().Be(("succeeded", first.Outputs["revision"]));
    }

    [Fact]
    public async Task What_is_pushed_is_registered_with_its_commit_and_carries_it()
    {
        var application = cloud.TakeApplication();

        var step = await Job(application, "two").RunAsync("push");

        var put = step.Requests.Of("PutObject").Single();
        var registered = step.Requests.Of("RegisterApplicationRevision").Single();
        registered["description"].Should().Be($"{World.Repository}@{cloud.Commit("v1")} pushed by run {cloud.FirstJob.RunId}");
        registered.Request!["revision"]!["s3Location"]!["eTag"].Should().NotBeNull();
        registered.Request!["revision"]!["s3Location"]!["version"].Should().NotBeNull();
        put.Status.Should().Be(200);
        var (metadata, tags) = await DescriptionAsync(step.Outputs["revision"]);
        metadata.Should().Contain($"\"commit\": \"{cloud.Commit("v1")}\"").And.Contain($"\"repository\": \"{World.Repository}\"").And.Contain("\"sha256\"");
        tags.Should().Contain(cloud.Commit("v1")).And.Contain(World.Repository);
    }

    [Fact]
    public async Task A_bundle_deploys_with_version_and_eTag_pinned_and_is_promoted_as_it_is()
    {
        var application = cloud.TakeApplication();
        var gray = await Job(application, "three").Input("revision", $"bundle:{folder.FullName}").RunAsync("gray");

        var stable = await Job(application, "three").RunAsync("promote");

        (gray.ExitCode, stable.ExitCode).Should().Be((0, 0), "{0}{1}", gray, stable);
        foreach (var location in new[] { gray, stable }.Select(step => step.Creates.Single().Request!["revision"]!["s3Location"]!))
        {
            location.ToJsonString().Should().Contain("version").And.Contain("eTag").And.Contain("zip");
        }

        stable.Creates.Single().Request!["revision"]!.ToJsonString().Should().Be(gray.Creates.Single().Request!["revision"]!.ToJsonString());
        application.Gray.Concat(application.Stable).Should().OnlyContain(instance => cloud.PageOf(instance) == "three");
        stable.Output.Should().Contain("\"Model allocation, month end\"", "the plan tells the title of the commit that the bundle was built of");
    }

    [Fact]
    public async Task A_run_that_is_run_again_finds_its_own_deployment()
    {
        var application = cloud.TakeApplication();
        var job = Job(application, "four").Input("deployment-group", "gray").Input("revision", $"bundle:{folder.FullName}");
        var first = await job.RunAsync("deploy");

        var again = await job.With("GITHUB_RUN_ATTEMPT", "2").RunAsync("deploy");

        (first.ExitCode, again.ExitCode).Should().Be((0, 0), "{0}", again);
        (first.Creates.Count, again.Creates.Count, again.DeploymentId).Should().Be((1, 0, first.DeploymentId));
    }

    [Fact]
    public async Task A_dry_run_uploads_nothing_and_says_what_it_would()
    {
        var application = cloud.TakeApplication();

        var step = await Job(application, "five").Input("deployment-group", "gray").Input("revision", $"bundle:{folder.FullName}").Input("dry-run", "true").RunAsync("deploy");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Requests.To("s3").Select(request => request.Operation).Should().Equal("HeadObject");
        step.Requests.Should().NotContain(request => request.Operation == "RegisterApplicationRevision");
        step.Output.Should().MatchRegex($@"The bundle would be uploaded to s3://bundles/{application.Name}/[0-9a-f]{{64}}\.zip \(2 files, ");
    }

    [Fact]
    public async Task A_large_bundle_goes_up_in_parts_and_comes_down_as_it_is()
    {
        var application = cloud.TakeApplication();
        var noise = new byte[40 << 20];
        new Random(11).NextBytes(noise);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "noise"), noise);

        var step = await Job(application, "six").Input("revision", $"bundle:{folder.FullName}").RunAsync("gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.Of("UploadPart").Should().HaveCount(3).And.OnlyContain(request => request.Status == 200);
        step.Requests.Of("CompleteMultipartUpload").Should().ContainSingle().Which.Status.Should().Be(200);
        (await Job(application, "six").RunAsync("push")).Requests.To("s3").Select(request => request.Operation).Should().Equal("HeadObject");
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == "six");
    }

    [Fact]
    public async Task Many_that_push_the_same_at_once_leave_one_version()
    {
        var application = cloud.TakeApplication();
        var job = Job(application, "seven");

        var steps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => job.RunAsync("push")));

        steps.Should().OnlyContain(step => step.ExitCode == 0);
        steps.Select(step => step.Outputs["revision"]).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Where_the_bucket_keeps_no_versions_the_eTag_pins_it()
    {
        var application = cloud.TakeApplication();

        var step = await Job(application, "eight").Input("s3-bucket", "loose").Input("s3-prefix", "api/prod").RunAsync("push");

        step.Outputs["revision"].Should().MatchRegex($@"^s3://loose/api/prod/{application.Name}/[0-9a-f]{{64}}\.zip\?eTag=[0-9a-f]{{32}}$");
    }

    [Fact]
    public async Task Nothing_is_uploaded_before_the_groups_are_known_to_be_there()
    {
        var step = await Job(cloud.Plain, "nine").Input("deployment-group", "nowhere").Input("revision", $"bundle:{folder.FullName}").RunAsync("deploy");

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Requests.To("s3").Should().BeEmpty();
    }

    [Theory]
    [InlineData("no-such-bucket-anywhere", 2, "Input 's3-bucket' is 'no-such-bucket-anywhere', and there is no such bucket")]
    public async Task A_bucket_that_is_not_there_is_bad_input(string bucket, int code, string words)
    {
        var step = await Job(cloud.Plain, "ten").Input("s3-bucket", bucket).RunAsync("push");

        step.ExitCode.Should().Be(code, "{0}", step);
        step.Log.Errors.Single().Data.Should().Contain(words);
    }

    [Fact]
    public async Task A_role_that_may_not_is_told_which_permission_it_lacks()
    {
        var step = await Job(cloud.Plain, "eleven").Input("role-to-assume", World.GrayRole).RunAsync("push");

        (step.ExitCode, step.Outcome).Should().Be((4, "no-access"), "{0}", step);
        step.Summary.Should().Contain("\"s3:GetObject\"").And.Contain("\"s3:ListBucket\"").And.Contain("arn:aws:s3:::bundles");
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_inputs_is_said_at_once()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).Input("revision", "bundle:dist").Input("s3-prefix", "a//b").Input("deployment-group", "gray").RunAsync("deploy");

        step.ExitCode.Should().Be(2);
        step.Log.Errors.Select(error => error.Data).Should().Contain(words => words.StartsWith("Input 's3-bucket' is missing", StringComparison.Ordinal))
            .And.Contain(words => words.StartsWith("Input 's3-prefix' is 'a//b'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_is_lost_makes_no_second_object()
    {
        var application = cloud.TakeApplication();
        await cloud.FaultsAsync(new JsonObject { ["service"] = "s3", ["operation"] = "PutObject", ["times"] = 1, ["kind"] = "answer-lost" });

        var step = await Job(application, "twelve").RunAsync("push");

        await cloud.ClearFaultsAsync();
        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.Of("PutObject").Select(put => put.Status).Should().Equal(0, 412);
    }

    /// <summary>The folder with one page, and a job that pushes it.</summary>
    private Job Job(Application application, string page)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "appspec.yml"), AppSpec);
        File.WriteAllText(Path.Combine(folder.FullName, "index.html"), page);
        return cloud.FirstJob.For(application, World.BundleRole).Input("s3-bucket", "bundles").Input("path", folder.FullName);
    }

    private async Task<(string Metadata, string Tags)> DescriptionAsync(string revision)
    {
        var key = new Uri(revision).AbsolutePath.TrimStart('/');
        using var s3 = new Amazon.S3.AmazonS3Client(
            new Amazon.Runtime.BasicAWSCredentials(World.AccessKey, World.SecretKey),
            new Amazon.S3.AmazonS3Config { ServiceURL = cloud.Url, ForcePathStyle = true, AuthenticationRegion = World.Region });
        var head = await s3.GetObjectMetadataAsync("bundles", key);
        var tags = await s3.GetObjectTaggingAsync(new Amazon.S3.Model.GetObjectTaggingRequest { BucketName = "bundles", Key = key });
        return (string.Join(", ", head.Metadata.Keys.Select(name => $"\"{name.Replace("x-amz-meta-", "", StringComparison.Ordinal)}\": \"{head.Metadata[name]}\"")), string.Join(", ", tags.Tagging.Select(tag => tag.Value)));
    }
}
