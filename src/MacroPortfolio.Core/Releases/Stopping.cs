namespace MacroPortfolio.Core.Releases;

/// <summary>How a job is cancelled: first it is asked to end, and some seconds later it is killed.</summary>
/// <param name="Requested">Everything is to come to an end, deployments as the plan's <see cref="Inputs.OnCancel"/> says.</param>
/// <param name="LastMoment">After this the process may be gone at any time.</param>
public readonly record struct Stopping(CancellationToken Requested, CancellationToken LastMoment);
