using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class ApplicationDoesNotExistException : AmazonCodeDeployException
{
    public ApplicationDoesNotExistException() { }
    public ApplicationDoesNotExistException(string message) : base(message) { }
    public ApplicationDoesNotExistException(Exception innerException) : base(innerException) { }
    public ApplicationDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }
    public ApplicationDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public ApplicationDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class ApplicationNameRequiredException : AmazonCodeDeployException
{
    public ApplicationNameRequiredException() { }
    public ApplicationNameRequiredException(string message) : base(message) { }
    public ApplicationNameRequiredException(Exception innerException) : base(innerException) { }
    public ApplicationNameRequiredException(string message, Exception innerException) : base(message, innerException) { }
    public ApplicationNameRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public ApplicationNameRequiredException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidApplicationNameException : AmazonCodeDeployException
{
    public InvalidApplicationNameException() { }
    public InvalidApplicationNameException(string message) : base(message) { }
    public InvalidApplicationNameException(Exception innerException) : base(innerException) { }
    public InvalidApplicationNameException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidApplicationNameException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidApplicationNameException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
