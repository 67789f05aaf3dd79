package io.qilin.ops.quota;

import java.util.OptionalLong;

/**
 * What a strategy uses.
 *
 * @param strategy its name
 * @param quota what it may use
 * @param registered whether the quota is its own, not the default
 * @param workers leases that are open now
 * @param busyWorkers leases that were open in the last ten seconds, on average
 * @param waiting threads and tasks that wait for a lease now
 * @param cpuShare of the time of all processors in the last ten seconds, as far as its tasks ran by {@link QuotaLease#run}
 * @param allocationBytesPerSecond of its tasks in the last ten seconds
 * @param gpuMemoryBytes what the probe said not long ago; empty without an answer
 * @param granted leases given so far
 * @param waits threads and tasks that had to wait, whether or not they got a lease in the end
 * @param refusals questions and tasks that were turned away
 * @param leaks leases that were taken back
 */
public record QuotaUsage(
    String strategy,
    Quota quota,
    boolean registered,
    int workers,
    double busyWorkers,
    int waiting,
    double cpuShare,
    double allocationBytesPerSecond,
    OptionalLong gpuMemoryBytes,
    long granted,
    long waits,
    long refusals,
    long leaks) {}
