using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class DescriptionTooLongException : AmazonCodeDeployException
{
    public DescriptionTooLongException() { }
    public DescriptionTooLongException(string message) : base(message) { }
    public DescriptionTooLongException(Exception innerException) : base(innerException) { }
    public DescriptionTooLongException(string message, Exception innerException) : base(message, innerException) { }
    public DescriptionTooLongException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DescriptionTooLongException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidGitHubAccountTokenException : AmazonCodeDeployException
{
    public InvalidGitHubAccountTokenException() { }
    public InvalidGitHubAccountTokenException(string message) : base(message) { }
    public InvalidGitHubAccountTokenException(Exception innerException) : base(innerException) { }
    public InvalidGitHubAccountTokenException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidGitHubAccountTokenException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidGitHubAccountTokenException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidRevisionException : AmazonCodeDeployException
{
    public InvalidRevisionException() { }
    public InvalidRevisionException(string message) : base(message) { }
    public InvalidRevisionException(Exception innerException) : base(innerException) { }
    public InvalidRevisionException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidRevisionException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidRevisionException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class RevisionDoesNotExistException : AmazonCodeDeployException
{
    public RevisionDoesNotExistException() { }
    public RevisionDoesNotExistException(string message) : base(message) { }
    public RevisionDoesNotExistException(Exception innerException) : base(innerException) { }
    public RevisionDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }
    public RevisionDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public RevisionDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class RevisionRequiredException : AmazonCodeDeployException
{
    public RevisionRequiredException() { }
    public RevisionRequiredException(string message) : base(message) { }
    public RevisionRequiredException(Exception innerException) : base(innerException) { }
    public RevisionRequiredException(string message, Exception innerException) : base(message, innerException) { }
    public RevisionRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public RevisionRequiredException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
