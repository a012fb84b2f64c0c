using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class DeploymentNotStartedException : AmazonCodeDeployException
{
    public DeploymentNotStartedException() { }
    public DeploymentNotStartedException(string message) : base(message) { }
    public DeploymentNotStartedException(Exception innerException) : base(innerException) { }
    public DeploymentNotStartedException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentNotStartedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentNotStartedException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentTargetDoesNotExistException : AmazonCodeDeployException
{
    public DeploymentTargetDoesNotExistException() { }
    public DeploymentTargetDoesNotExistException(string message) : base(message) { }
    public DeploymentTargetDoesNotExistException(Exception innerException) : base(innerException) { }
    public DeploymentTargetDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentTargetDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentTargetDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentTargetIdRequiredException : AmazonCodeDeployException
{
    public DeploymentTargetIdRequiredException() { }
    public DeploymentTargetIdRequiredException(string message) : base(message) { }
    public DeploymentTargetIdRequiredException(Exception innerException) : base(innerException) { }
    public DeploymentTargetIdRequiredException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentTargetIdRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentTargetIdRequiredException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentTargetListSizeExceededException : AmazonCodeDeployException
{
    public DeploymentTargetListSizeExceededException() { }
    public DeploymentTargetListSizeExceededException(string message) : base(message) { }
    public DeploymentTargetListSizeExceededException(Exception innerException) : base(innerException) { }
    public DeploymentTargetListSizeExceededException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentTargetListSizeExceededException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentTargetListSizeExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

[Obsolete("This exception is deprecated, use DeploymentTargetDoesNotExistException instead.")]
public class InstanceDoesNotExistException : AmazonCodeDeployException
{
    public InstanceDoesNotExistException() { }
    public InstanceDoesNotExistException(string message) : base(message) { }
    public InstanceDoesNotExistException(Exception innerException) : base(innerException) { }
    public InstanceDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }
    public InstanceDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InstanceDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidDeploymentInstanceTypeException : AmazonCodeDeployException
{
    public InvalidDeploymentInstanceTypeException() { }
    public InvalidDeploymentInstanceTypeException(string message) : base(message) { }
    public InvalidDeploymentInstanceTypeException(Exception innerException) : base(innerException) { }
    public InvalidDeploymentInstanceTypeException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidDeploymentInstanceTypeException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidDeploymentInstanceTypeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidDeploymentTargetIdException : AmazonCodeDeployException
{
    public InvalidDeploymentTargetIdException() { }
    public InvalidDeploymentTargetIdException(string message) : base(message) { }
    public InvalidDeploymentTargetIdException(Exception innerException) : base(innerException) { }
    public InvalidDeploymentTargetIdException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidDeploymentTargetIdException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidDeploymentTargetIdException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidInstanceStatusException : AmazonCodeDeployException
{
    public InvalidInstanceStatusException() { }
    public InvalidInstanceStatusException(string message) : base(message) { }
    public InvalidInstanceStatusException(Exception innerException) : base(innerException) { }
    public InvalidInstanceStatusException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidInstanceStatusException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidInstanceStatusException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidInstanceTypeException : AmazonCodeDeployException
{
    public InvalidInstanceTypeException() { }
    public InvalidInstanceTypeException(string message) : base(message) { }
    public InvalidInstanceTypeException(Exception innerException) : base(innerException) { }
    public InvalidInstanceTypeException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidInstanceTypeException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidInstanceTypeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidTargetFilterNameException : AmazonCodeDeployException
{
    public InvalidTargetFilterNameException() { }
    public InvalidTargetFilterNameException(string message) : base(message) { }
    public InvalidTargetFilterNameException(Exception innerException) : base(innerException) { }
    public InvalidTargetFilterNameException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidTargetFilterNameException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidTargetFilterNameException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
