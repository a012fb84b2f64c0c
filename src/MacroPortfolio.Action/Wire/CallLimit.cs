namespace MacroPortfolio.Action.Wire;

/// <summary>
/// The whole answer is there within the limit, or the call has failed. HttpClient's own limit ends where the AWS SDK and Octokit begin to read, so a server
/// that sends a head and no body would hold a run for ever; and it knows no <see cref="TimeProvider"/>.
/// </summary>
internal sealed class CallLimit(HttpMessageHandler inner, TimeSpan limit, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>Far above any answer that is asked for here, far below what a run may hold.</summary>
    private const long LargestAnswer = 16 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, either.Token);
            if (request.Method != HttpMethod.Head)
            {
                await answer.Content.LoadIntoBufferAsync(LargestAnswer, either.Token);
            }

            return answer;
        }
        catch (Exception ex)
        {
            answer?.Dispose();
            if (late.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                var words = $"no answer within {limit.TotalSeconds:0} s";
                throw new HttpRequestException(words, new TimeoutException(words, ex));
            }

            throw;
        }
    }
}
