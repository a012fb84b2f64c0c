using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy;

/// <summary>
/// What CodeDeploy answered instead of a result. A name that the operation declares comes as its own type, every other one as this type itself,
/// so a caller that must know the reason reads <see cref="AmazonServiceException.ErrorCode"/>.
/// </summary>
public class AmazonCodeDeployException : AmazonServiceException
{
    public AmazonCodeDeployException() { }
    public AmazonCodeDeployException(string message) : base(message) { }
    public AmazonCodeDeployException(Exception innerException) : base(innerException) { }
    public AmazonCodeDeployException(string message, Exception innerException) : base(message, innerException) { }
    public AmazonCodeDeployException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public AmazonCodeDeployException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
