using System.Net;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Model;

public class AlarmsLimitExceededException : AmazonCodeDeployException
{
    public AlarmsLimitExceededException() { }
    public AlarmsLimitExceededException(string message) : base(message) { }
    public AlarmsLimitExceededException(Exception innerException) : base(innerException) { }
    public AlarmsLimitExceededException(string message, Exception innerException) : base(message, innerException) { }
    public AlarmsLimitExceededException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public AlarmsLimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentGroupDoesNotExistException : AmazonCodeDeployException
{
    public DeploymentGroupDoesNotExistException() { }
    public DeploymentGroupDoesNotExistException(string message) : base(message) { }
    public DeploymentGroupDoesNotExistException(Exception innerException) : base(innerException) { }
    public DeploymentGroupDoesNotExistException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentGroupDoesNotExistException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentGroupDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class DeploymentGroupNameRequiredException : AmazonCodeDeployException
{
    public DeploymentGroupNameRequiredException() { }
    public DeploymentGroupNameRequiredException(string message) : base(message) { }
    public DeploymentGroupNameRequiredException(Exception innerException) : base(innerException) { }
    public DeploymentGroupNameRequiredException(string message, Exception innerException) : base(message, innerException) { }
    public DeploymentGroupNameRequiredException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public DeploymentGroupNameRequiredException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidAlarmConfigException : AmazonCodeDeployException
{
    public InvalidAlarmConfigException() { }
    public InvalidAlarmConfigException(string message) : base(message) { }
    public InvalidAlarmConfigException(Exception innerException) : base(innerException) { }
    public InvalidAlarmConfigException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidAlarmConfigException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidAlarmConfigException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidAutoRollbackConfigException : AmazonCodeDeployException
{
    public InvalidAutoRollbackConfigException() { }
    public InvalidAutoRollbackConfigException(string message) : base(message) { }
    public InvalidAutoRollbackConfigException(Exception innerException) : base(innerException) { }
    public InvalidAutoRollbackConfigException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidAutoRollbackConfigException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidAutoRollbackConfigException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidAutoScalingGroupException : AmazonCodeDeployException
{
    public InvalidAutoScalingGroupException() { }
    public InvalidAutoScalingGroupException(string message) : base(message) { }
    public InvalidAutoScalingGroupException(Exception innerException) : base(innerException) { }
    public InvalidAutoScalingGroupException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidAutoScalingGroupException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidAutoScalingGroupException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidDeploymentGroupNameException : AmazonCodeDeployException
{
    public InvalidDeploymentGroupNameException() { }
    public InvalidDeploymentGroupNameException(string message) : base(message) { }
    public InvalidDeploymentGroupNameException(Exception innerException) : base(innerException) { }
    public InvalidDeploymentGroupNameException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidDeploymentGroupNameException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidDeploymentGroupNameException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidECSServiceException : AmazonCodeDeployException
{
    public InvalidECSServiceException() { }
    public InvalidECSServiceException(string message) : base(message) { }
    public InvalidECSServiceException(Exception innerException) : base(innerException) { }
    public InvalidECSServiceException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidECSServiceException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidECSServiceException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidLoadBalancerInfoException : AmazonCodeDeployException
{
    public InvalidLoadBalancerInfoException() { }
    public InvalidLoadBalancerInfoException(string message) : base(message) { }
    public InvalidLoadBalancerInfoException(Exception innerException) : base(innerException) { }
    public InvalidLoadBalancerInfoException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidLoadBalancerInfoException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidLoadBalancerInfoException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

public class InvalidRoleException : AmazonCodeDeployException
{
    public InvalidRoleException() { }
    public InvalidRoleException(string message) : base(message) { }
    public InvalidRoleException(Exception innerException) : base(innerException) { }
    public InvalidRoleException(string message, Exception innerException) : base(message, innerException) { }
    public InvalidRoleException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }
    public InvalidRoleException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
