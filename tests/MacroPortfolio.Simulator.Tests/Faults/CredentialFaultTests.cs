using System.Net;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Faults;

/// <summary>Sessions that end early, tokens that are refused, and services whose clock is another.</summary>
public sealed class CredentialFaultTests
{
    [Theory]
    [InlineData(true, "2026-10-01T08:00:20Z")]
    [InlineData(false, "2026-10-01T09:00:00Z")]
    public async Task A_session_ends_when_the_world_says_whatever_was_asked_for_and_told(bool isTold, string expiration)
    {
        await using var cloud = await TestCloud.StartAsync(world => world with { Iam = world.Iam with { SessionSeconds = 20, TellsSessionEnd = isTold } });
        var session = await cloud.AssumeAsync(await TokenAsync(cloud), more: ("DurationSeconds", "3600"));

        cloud.Time.Advance(TimeSpan.FromSeconds(19));
        using var before = await cloud.CodeDeployAsync("ListApplications", new { }, session.Credentials);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        using var after = await cloud.CodeDeployAsync("ListApplications", new { }, session.Credentials);

        session["Expiration"].Should().Be(expiration);
        before.StatusCode.Should().Be(HttpStatusCode.OK);
        (after.StatusCode, await after.Content.ReadAsStringAsync()).Should().Be((HttpStatusCode.BadRequest,
            """{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}"""));
    }

    [Fact]
    public async Task A_token_can_be_refused_once()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            Faults = [new FaultWorld { Service = "sts", Operation = "AssumeRoleWithWebIdentity", Times = 1, Kind = "error", Error = "InvalidIdentityToken" }],
        });

        var refused = await cloud.AssumeAsync(await TokenAsync(cloud));
        var taken = await cloud.AssumeAsync(await TokenAsync(cloud));

        (refused.Status, refused["Code"], taken.Status).Should().Be((HttpStatusCode.BadRequest, "InvalidIdentityToken", HttpStatusCode.OK));
    }

    [Theory]
    [InlineData(150, HttpStatusCode.OK)]
    [InlineData(-150, HttpStatusCode.OK)]
    [InlineData(600, HttpStatusCode.BadRequest)]
    [InlineData(-600, HttpStatusCode.BadRequest)]
    public async Task A_clock_that_is_off_refuses_signatures_and_shows_what_it_says(int skew, HttpStatusCode status)
    {
        await using var cloud = await TestCloud.StartAsync(world => world with { ClockSkewSeconds = skew });

        using var naive = await cloud.CodeDeployAsync("ListApplications", new { });
        var shown = naive.Headers.Date!.Value;
        using var corrected = await cloud.CodeDeployAsync("ListApplications", new { }, signedAt: shown);

        (naive.StatusCode, corrected.StatusCode).Should().Be((status, HttpStatusCode.OK));
        (shown - TimeProvider.System.GetUtcNow()).TotalSeconds.Should().BeApproximately(skew, 60);
        if (status != HttpStatusCode.OK)
            (await naive.Content.ReadAsStringAsync()).Should().Contain("InvalidSignatureException").And.Contain(skew > 0 ? "Signature expired" : "Signature not yet current");
    }

    [Fact]
    public async Task All_services_show_the_same_clock_and_take_each_others_tokens()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with { ClockSkewSeconds = 7200 });

        var session = await cloud.AssumeAsync(await TokenAsync(cloud), more: ("DurationSeconds", "900"));

        session["Expiration"].Should().Be("2026-10-01T10:15:00Z");
    }

    private static async Task<string> TokenAsync(TestCloud cloud) => await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
}
