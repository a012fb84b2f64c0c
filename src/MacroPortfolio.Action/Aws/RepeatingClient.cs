using Amazon.CodeDeploy;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace MacroPortfolio.Action.Aws;

/// <summary>A client for what may be asked twice. Where AWS says that a session has expired before its time, there is a new one and the call is sent once more.</summary>
internal sealed class RepeatingClient(AWSCredentials credentials, AmazonCodeDeployConfig config) : AmazonCodeDeployClient(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerBefore<Signer>(new Renewal());
    }

    private sealed class Renewal : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            try
            {
                return await base.InvokeAsync<T>(executionContext);
            }
            catch (AmazonServiceException ex) when (ex.ErrorCode is "ExpiredTokenException" or "ExpiredToken" && executionContext.RequestContext.Identity is SessionCredentials)
            {
                var request = executionContext.RequestContext;
                if (request.Request.AWS4SignerResult is not { } signed || !await ((SessionCredentials)request.Identity).ReplaceAsync(signed.AccessKeyId))
                {
                    throw;
                }

                request.IsSigned = false;
            }

            return await base.InvokeAsync<T>(executionContext);
        }
    }
}
