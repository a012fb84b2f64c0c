using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class BatchLimitExceededException : AmazonCodeDeployException
{
    public BatchLimitExceededException() { }
    public BatchLimitExceededException(string message) : base(message) { }
    public BatchLimitExceededException(Exception innerException) : base(innerException) { }
    public BatchLimitExceededException(string message, Exception innerException) : base(message, innerException) { }
    public BatchLimitExceededException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public BatchLimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidExternalIdException : AmazonCodeDeployException
{
    public InvalidExternalIdException() { }
    public InvalidExternalIdException(string message) : base(message) { }
    public InvalidExternalIdException(Exception innerException) : base(innerException) { }
    public InvalidExternalIdException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidExternalIdException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidExternalIdException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidInputException : AmazonCodeDeployException
{
    public InvalidInputException() { }
    public InvalidInputException(string message) : base(message) { }
    public InvalidInputException(Exception innerException) : base(innerException) { }
    public InvalidInputException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidInputException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidInputException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidNextTokenException : AmazonCodeDeployException
{
    public InvalidNextTokenException() { }
    public InvalidNextTokenException(string message) : base(message) { }
    public InvalidNextTokenException(Exception innerException) : base(innerException) { }
    public InvalidNextTokenException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidNextTokenException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidNextTokenException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidTimeRangeException : AmazonCodeDeployException
{
    public InvalidTimeRangeException() { }
    public InvalidTimeRangeException(string message) : base(message) { }
    public InvalidTimeRangeException(Exception innerException) : base(innerException) { }
    public InvalidTimeRangeException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidTimeRangeException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidTimeRangeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class ThrottlingException : AmazonCodeDeployException
{
    public ThrottlingException() { }
    public ThrottlingException(string message) : base(message) { }
    public ThrottlingException(Exception innerException) : base(innerException) { }
    public ThrottlingException(string message, Exception innerException) : base(message, innerException) { }
    public ThrottlingException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public ThrottlingException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
