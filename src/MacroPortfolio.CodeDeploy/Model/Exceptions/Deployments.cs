using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class DeploymentAlreadyCompletedException : AmazonCodeDeployException
{
    public DeploymentAlreadyCompletedException() { }
    public DeploymentAlreadyCompletedException(string message) : base(message) { }
    public DeploymentAlreadyCompletedException(Exception innerException) : base(innerException) { }
    public DeploymentAlreadyCompletedException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentAlreadyCompletedException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentAlreadyCompletedException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentDoesNotExistException : AmazonCodeDeployException
{
    public DeploymentDoesNotExistException() { }
    public DeploymentDoesNotExistException(string message) : base(message) { }
    public DeploymentDoesNotExistException(Exception innerException) : base(innerException) { }
    public DeploymentDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentIdRequiredException : AmazonCodeDeployException
{
    public DeploymentIdRequiredException() { }
    public DeploymentIdRequiredException(string message) : base(message) { }
    public DeploymentIdRequiredException(Exception innerException) : base(innerException) { }
    public DeploymentIdRequiredException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentIdRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentIdRequiredException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentIsNotInReadyStateException : AmazonCodeDeployException
{
    public DeploymentIsNotInReadyStateException() { }
    public DeploymentIsNotInReadyStateException(string message) : base(message) { }
    public DeploymentIsNotInReadyStateException(Exception innerException) : base(innerException) { }
    public DeploymentIsNotInReadyStateException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentIsNotInReadyStateException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentIsNotInReadyStateException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentLimitExceededException : AmazonCodeDeployException
{
    public DeploymentLimitExceededException() { }
    public DeploymentLimitExceededException(string message) : base(message) { }
    public DeploymentLimitExceededException(Exception innerException) : base(innerException) { }
    public DeploymentLimitExceededException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentLimitExceededException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentLimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidDeploymentIdException : AmazonCodeDeployException
{
    public InvalidDeploymentIdException() { }
    public InvalidDeploymentIdException(string message) : base(message) { }
    public InvalidDeploymentIdException(Exception innerException) : base(innerException) { }
    public InvalidDeploymentIdException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidDeploymentIdException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidDeploymentIdException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidDeploymentStatusException : AmazonCodeDeployException
{
    public InvalidDeploymentStatusException() { }
    public InvalidDeploymentStatusException(string message) : base(message) { }
    public InvalidDeploymentStatusException(Exception innerException) : base(innerException) { }
    public InvalidDeploymentStatusException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidDeploymentStatusException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidDeploymentStatusException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidDeploymentWaitTypeException : AmazonCodeDeployException
{
    public InvalidDeploymentWaitTypeException() { }
    public InvalidDeploymentWaitTypeException(string message) : base(message) { }
    public InvalidDeploymentWaitTypeException(Exception innerException) : base(innerException) { }
    public InvalidDeploymentWaitTypeException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidDeploymentWaitTypeException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidDeploymentWaitTypeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidFileExistsBehaviorException : AmazonCodeDeployException
{
    public InvalidFileExistsBehaviorException() { }
    public InvalidFileExistsBehaviorException(string message) : base(message) { }
    public InvalidFileExistsBehaviorException(Exception innerException) : base(innerException) { }
    public InvalidFileExistsBehaviorException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidFileExistsBehaviorException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidFileExistsBehaviorException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidIgnoreApplicationStopFailuresValueException : AmazonCodeDeployException
{
    public InvalidIgnoreApplicationStopFailuresValueException() { }
    public InvalidIgnoreApplicationStopFailuresValueException(string message) : base(message) { }
    public InvalidIgnoreApplicationStopFailuresValueException(Exception innerException) : base(innerException) { }
    public InvalidIgnoreApplicationStopFailuresValueException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidIgnoreApplicationStopFailuresValueException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidIgnoreApplicationStopFailuresValueException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidTargetInstancesException : AmazonCodeDeployException
{
    public InvalidTargetInstancesException() { }
    public InvalidTargetInstancesException(string message) : base(message) { }
    public InvalidTargetInstancesException(Exception innerException) : base(innerException) { }
    public InvalidTargetInstancesException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidTargetInstancesException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidTargetInstancesException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidUpdateOutdatedInstancesOnlyValueException : AmazonCodeDeployException
{
    public InvalidUpdateOutdatedInstancesOnlyValueException() { }
    public InvalidUpdateOutdatedInstancesOnlyValueException(string message) : base(message) { }
    public InvalidUpdateOutdatedInstancesOnlyValueException(Exception innerException) : base(innerException) { }
    public InvalidUpdateOutdatedInstancesOnlyValueException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidUpdateOutdatedInstancesOnlyValueException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidUpdateOutdatedInstancesOnlyValueException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class UnsupportedActionForDeploymentTypeException : AmazonCodeDeployException
{
    public UnsupportedActionForDeploymentTypeException() { }
    public UnsupportedActionForDeploymentTypeException(string message) : base(message) { }
    public UnsupportedActionForDeploymentTypeException(Exception innerException) : base(innerException) { }
    public UnsupportedActionForDeploymentTypeException(string message, Exception innerException) : base(message, innerException) { }
    public UnsupportedActionForDeploymentTypeException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public UnsupportedActionForDeploymentTypeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
