using Amazon.Runtime;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Releases;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>A run that outlives its session renews it while it lives, goes on with it where that cannot be done, and never signs with what is over.</summary>
public sealed class SessionCredentialsTests : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private static readonly TransientException Busy = new("STS is busy.", new IOException());
    private static readonly DeployException Refused = new(Outcome.NoAccess, "AWS refused to let this run assume deploy.", "Mend the trust policy.");

    private readonly FakeTimeProvider time = new();
    private readonly StringWriter said = new();
    private readonly SessionCredentials credentials;
    private readonly List<TimeSpan> asked = [];
    private readonly long began;
    private Exception? trouble;
    private TaskCompletionSource? gate;

    public SessionCredentialsTests()
    {
        began = time.GetTimestamp();
        var runner = new RunnerEnvironment(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" });
        credentials = new SessionCredentials(new("arn:aws:iam::123456789012:role/deploy"), OpenAsync, new Log(said, runner, time), time);
    }

    public void Dispose()
    {
        credentials.Dispose();
        said.Dispose();
    }

    [Fact]
    public async Task A_session_is_kept_until_a_third_of_it_is_left_and_five_minutes_at_most()
    {
        var first = await KeyAsync();
        time.Advance(TimeSpan.FromSeconds((9 * 60) + 49));

        (await KeyAsync()).Should().Be(first);
        await RenewalsAsync(0);

        time.Advance(TimeSpan.FromSeconds(1));
        gate = new TaskCompletionSource();
        (await KeyAsync()).Should().Be(first, "it is renewed beside the call that finds it old");
        gate.SetResult();
        await RenewalsAsync(1);
        (await KeyAsync()).Should().NotBe(first);
    }

    [Fact]
    public async Task Calls_that_come_together_share_one_session_and_one_renewal()
    {
        gate = new TaskCompletionSource();
        var first = Enumerable.Range(0, 20).Select(_ => KeyAsync()).ToList();
        gate.SetResult();
        (await Task.WhenAll(first)).Distinct().Should().ContainSingle();

        gate = new TaskCompletionSource();
        time.Advance(TimeSpan.FromMinutes(11));
        var meanwhile = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => KeyAsync()));
        gate.SetResult();
        await RenewalsAsync(1);

        meanwhile.Distinct().Should().Equal(await first[0]);
        asked.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_renewal_that_cannot_be_had_now_is_said_once_and_tried_again_while_the_session_lives()
    {
        var first = await KeyAsync();
        time.Advance(TimeSpan.FromMinutes(10));
        trouble = Busy;

        for (var look = 0; look < 14; look++)
        {
            (await KeyAsync()).Should().Be(first);
            await credentials.QuietAsync();
            time.Advance(TimeSpan.FromSeconds(15));
        }

        asked.Skip(1).Should().HaveCountGreaterThan(3).And.HaveCountLessThan(12, "a trial is not made with every look");
        said.ToString().Split("could not be renewed yet: STS is busy.").Should().HaveCount(2);
        trouble = null;
        time.Advance(TimeSpan.FromSeconds(50));
        await KeyAsync();
        await credentials.QuietAsync();
        (await KeyAsync()).Should().NotBe(first);
        said.ToString().TrimEnd().Should().EndWith("The session of deploy is renewed.");
    }

    [Fact]
    public async Task A_renewal_that_is_refused_is_said_once_and_ends_the_run_only_with_the_session()
    {
        var first = await KeyAsync();
        time.Advance(TimeSpan.FromMinutes(10));
        trouble = Refused;

        for (var look = 0; look < 19; look++)
        {
            (await KeyAsync()).Should().Be(first);
            await credentials.QuietAsync();
            time.Advance(TimeSpan.FromSeconds(15));
        }

        asked.Should().HaveCount(2, "a refusal is not asked for again while there is something to go on with");
        said.ToString().Should().StartWith("::warning::The session of deploy is not renewed: AWS refused").And.Contain("which ends in 4:50");
        time.Advance(TimeSpan.FromSeconds(15));
        for (var call = 0; call < 5; call++)
        {
            (await FluentActions.Awaiting(KeyAsync).Should().ThrowAsync<DeployException>()).Which.Should().Be(Refused);
        }

        asked.Should().HaveCount(3, "the trust policy may have been mended, which is worth one question at the end");
        said.ToString().Split("::warning::").Should().HaveCount(2);
    }

    [Fact]
    public async Task A_session_that_is_over_is_not_used_and_its_successor_not_asked_for_by_every_call()
    {
        await KeyAsync();
        time.Advance(Lifetime);
        trouble = Busy;

        for (var call = 0; call < 10; call++)
        {
            await FluentActions.Awaiting(KeyAsync).Should().ThrowAsync<TransientException>();
        }

        asked.Should().HaveCount(2);
        time.Advance(TimeSpan.FromSeconds(5));
        trouble = null;
        (await KeyAsync()).Should().Be("ASIA3");
    }

    [Fact]
    public async Task Keys_that_AWS_calls_expired_before_their_time_are_replaced_once_for_all_who_used_them()
    {
        var first = await KeyAsync();

        var replaced = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => credentials.ReplaceAsync(first)));

        replaced.Should().AllBeEquivalentTo(true);
        asked.Should().HaveCount(2);
        (await KeyAsync()).Should().Be("ASIA2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_looks_and_troubles_fall_no_call_is_signed_with_keys_that_are_over(int seed)
    {
        var random = new Random(seed);
        var calls = 0;
        for (var look = 0; look < 2000; look++)
        {
            trouble = random.Next(3) == 0 ? Busy : null;
            try
            {
                var number = int.Parse((await KeyAsync())["ASIA".Length..]);
                (time.GetElapsedTime(began) - asked[number - 1]).Should().BeLessThan(Lifetime);
                calls++;
            }
            catch (TransientException)
            {
                // The next look asks again.
            }

            await credentials.QuietAsync();
            time.Advance(TimeSpan.FromSeconds(random.Next(1, 90)));
        }

        calls.Should().BeGreaterThan(1900);
    }

    [Theory]
    [InlineData(900, 900)]
    [InlineData(10, 10)]
    [InlineData(1200, 900)]
    [InlineData(-60, 900)]
    public async Task The_end_of_a_session_is_not_believed_where_the_clocks_must_differ(int secondsFromNow, int lifetime)
    {
        using var connections = new Connections(time);
        var security = new SecurityTokens(connections, new Log(said, new RunnerEnvironment(new Dictionary<string, string>()), time), time);
        var given = new Amazon.SecurityToken.Model.Credentials("ASIA1", "secret", "token", time.GetUtcNow().UtcDateTime.AddSeconds(secondsFromNow));

        var session = await security.SessionAsync(new(new("arn:aws:iam::123456789012:role/deploy"), "aud", "me", 900, new("eu-west-1")), given, new() { Arn = "arn:aws:sts::123456789012:assumed-role/deploy/me" });

        session.Lifetime.Should().Be(TimeSpan.FromSeconds(lifetime));
    }

    private async Task<Session> OpenAsync(CancellationToken ct)
    {
        string key;
        lock (asked)
        {
            asked.Add(time.GetElapsedTime(began));
            key = $"ASIA{asked.Count}";
        }

        await (gate?.Task ?? Task.CompletedTask);
        return trouble is null ? new Session(new ImmutableCredentials(key, "secret", "token"), Lifetime, "arn") : throw trouble;
    }

    private async Task<string> KeyAsync() => (await credentials.GetCredentialsAsync()).AccessKey;

    private async Task RenewalsAsync(int count)
    {
        await credentials.QuietAsync();
        asked.Should().HaveCount(1 + count);
    }
}
