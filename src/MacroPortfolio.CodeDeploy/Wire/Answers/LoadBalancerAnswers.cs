using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class LoadBalancerAnswers
{
    public static readonly Structure<ELBInfo> ELBInfo = new Structure<ELBInfo>()
        .Text("name", (x, value) => x.Name = value);

    public static readonly Structure<TargetGroupInfo> TargetGroupInfo = new Structure<TargetGroupInfo>()
        .Text("name", (x, value) => x.Name = value);

    public static readonly Structure<TrafficRoute> TrafficRoute = new Structure<TrafficRoute>()
        .Texts("listenerArns", (x, value) => x.ListenerArns = value);

    public static readonly Structure<TargetGroupPairInfo> TargetGroupPairInfo = new Structure<TargetGroupPairInfo>()
        .Member("prodTrafficRoute", TrafficRoute, (x, value) => x.ProdTrafficRoute = value)
        .List("targetGroups", TargetGroupInfo, (x, value) => x.TargetGroups = value)
        .Member("testTrafficRoute", TrafficRoute, (x, value) => x.TestTrafficRoute = value);

    public static readonly Structure<LoadBalancerInfo> LoadBalancerInfo = new Structure<LoadBalancerInfo>()
        .List("elbInfoList", ELBInfo, (x, value) => x.ElbInfoList = value)
        .List("targetGroupInfoList", TargetGroupInfo, (x, value) => x.TargetGroupInfoList = value)
        .List("targetGroupPairInfoList", TargetGroupPairInfo, (x, value) => x.TargetGroupPairInfoList = value);
}
