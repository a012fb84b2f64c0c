using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class DeploymentConfigDoesNotExistException : AmazonCodeDeployException
{
    public DeploymentConfigDoesNotExistException() { }
    public DeploymentConfigDoesNotExistException(string message) : base(message) { }
    public DeploymentConfigDoesNotExistException(Exception innerException) : base(innerException) { }
    public DeploymentConfigDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentConfigDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentConfigDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentConfigNameRequiredException : AmazonCodeDeployException
{
    public DeploymentConfigNameRequiredException() { }
    public DeploymentConfigNameRequiredException(string message) : base(message) { }
    public DeploymentConfigNameRequiredException(Exception innerException) : base(innerException) { }
    public DeploymentConfigNameRequiredException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentConfigNameRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentConfigNameRequiredException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidComputePlatformException : AmazonCodeDeployException
{
    public InvalidComputePlatformException() { }
    public InvalidComputePlatformException(string message) : base(message) { }
    public InvalidComputePlatformException(Exception innerException) : base(innerException) { }
    public InvalidComputePlatformException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidComputePlatformException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidComputePlatformException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidDeploymentConfigNameException : AmazonCodeDeployException
{
    public InvalidDeploymentConfigNameException() { }
    public InvalidDeploymentConfigNameException(string message) : base(message) { }
    public InvalidDeploymentConfigNameException(Exception innerException) : base(innerException) { }
    public InvalidDeploymentConfigNameException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidDeploymentConfigNameException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidDeploymentConfigNameException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidTrafficRoutingConfigurationException : AmazonCodeDeployException
{
    public InvalidTrafficRoutingConfigurationException() { }
    public InvalidTrafficRoutingConfigurationException(string message) : base(message) { }
    public InvalidTrafficRoutingConfigurationException(Exception innerException) : base(innerException) { }
    public InvalidTrafficRoutingConfigurationException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidTrafficRoutingConfigurationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidTrafficRoutingConfigurationException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
