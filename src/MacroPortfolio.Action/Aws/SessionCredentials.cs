using Amazon.Runtime;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Action.Aws;

/// <summary>
/// A role's credentials for as long as the run lasts. A session is renewed some minutes before it ends, beside the calls that go on with it. Where that cannot
/// be done now it is tried again for as long as the session lives; where it is refused, the run goes on to the end of what it has and is then told so.
/// </summary>
/// <remarks>
/// The SDK's <see cref="RefreshingAWSCredentials"/> would do for neither: it tells time by the machine's clock, asks anew with every call while it is
/// refused, and nobody hears what was said.
/// </remarks>
/// <param name="open">Asks for a session: <see cref="TransientException"/> where asking again may help, <see cref="DeployException"/> where it is refused.</param>
internal sealed class SessionCredentials(RoleArn role, Func<CancellationToken, Task<Session>> open, Log log, TimeProvider time) : AWSCredentials, IDisposable
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(3);

    private readonly Lock sync = new();
    private readonly CancellationTokenSource closed = new();
    private Held? held;
    private Failure? failed;
    private Task<Session>? renewal;

    /// <summary>As far as it is known: empty before the first session.</summary>
    public string CallerArn => held?.Session.CallerArn ?? "";

    /// <summary>Ends when nothing is being asked for, however that went.</summary>
    public async Task QuietAsync() => await (renewal ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    public override async Task<ImmutableCredentials> GetCredentialsAsync() => (await SessionAsync()).Keys;

    /// <summary>AWS says that these keys have expired, before their time. True when there are others.</summary>
    public async Task<bool> ReplaceAsync(string accessKeyId)
    {
        lock (sync)
        {
            held = held?.Session.Keys.AccessKey == accessKeyId ? held with { Expired = true } : held;
        }

        return (await SessionAsync()).Keys.AccessKey != accessKeyId;
    }

    public void Dispose() => closed.Cancel();

    private Task<Session> SessionAsync()
    {
        lock (sync)
        {
            var waits = failed is not null && time.GetTimestamp() < failed.RetryFrom;
            if (Left > TimeSpan.Zero)
            {
                if (Left <= held!.Session.Window && failed?.Why is not DeployException && !waits)
                {
                    _ = Renewal();
                }

                return Task.FromResult(held.Session);
            }

            // Many calls may need it, and the SDK repeats each of them: they share one answer, a bad one too.
            return renewal is null && failed is { } known && (known.ForGood || waits) ? Task.FromException<Session>(known.Why) : Renewal();
        }
    }

    /// <summary>How long the session is still of use.</summary>
    private TimeSpan Left => held is { Expired: false } ? held.Session.Usable - time.GetElapsedTime(held.Begun) : TimeSpan.Zero;

    private Task<Session> Renewal()
    {
        if (renewal is not null)
        {
            return renewal;
        }

        var asking = RenewAsync();
        renewal = asking.IsCompleted ? null : asking;
        return asking;
    }

    private async Task<Session> RenewAsync()
    {
        var begun = time.GetTimestamp();
        try
        {
            var session = await open(closed.Token);
            await TakeAsync(session, begun);
            return session;
        }
        catch (Exception ex)
        {
            if (await GoOnAsync(ex) is { } old)
            {
                return old;
            }

            throw;
        }
    }

    private async Task TakeAsync(Session session, long begun)
    {
        Failure? before;
        lock (sync)
        {
            before = failed;
            (held, failed, renewal) = (new Held(session, begun, Expired: false), null, null);
        }

        if (before is not null)
        {
            await log.SayAsync($"The session of {role.Name} is renewed.");
        }
    }

    /// <returns>The session that the run goes on with; null when it has none.</returns>
    private async Task<Session?> GoOnAsync(Exception why)
    {
        Session? old;
        TimeSpan left;
        bool first;
        lock (sync)
        {
            left = Left;
            old = left > TimeSpan.Zero ? held!.Session : null;
            first = failed is null || (why is DeployException && failed.Why is not DeployException);
            failed = new Failure(why, time.GetTimestamp() + (long)(PauseAfter(old).TotalSeconds * time.TimestampFrequency), ForGood: old is null && why is DeployException);
            renewal = null;
        }

        if (old is not null && first && !closed.IsCancellationRequested)
        {
            var rest = Durations.Clock(Duration.FromTimeSpan(left));
            await (why is DeployException
                ? log.WarnAsync($"The session of {role.Name} is not renewed: {why.Message} The run goes on with the session that it has, which ends in {rest}.")
                : log.SayAsync($"The session of {role.Name} could not be renewed yet: {why.Message} The run goes on with the session that it has, which ends in {rest}, and asks again."));
        }

        return old;
    }

    /// <summary>Some ten trials fit into the time in which a session is renewed. With jitter, because jobs that began together lose their sessions together.</summary>
    private static TimeSpan PauseAfter(Session? old) => (old is { Window: var window } ? window / 10 : ShortPause) * (0.5 + Random.Shared.NextDouble());

    private sealed record Held(Session Session, long Begun, bool Expired);

    /// <param name="RetryFrom">A timestamp; nothing is asked before it.</param>
    /// <param name="ForGood">Refused when there was nothing left to go on with.</param>
    private sealed record Failure(Exception Why, long RetryFrom, bool ForGood);
}
