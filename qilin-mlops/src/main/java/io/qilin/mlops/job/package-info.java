/**
 * Training jobs: a durable queue, bodies that run on the host's threads, a log that can be followed and resumed. Start at {@link
 * io.qilin.mlops.job.JobService}; what a remote trainer implements is {@link io.qilin.mlops.job.TrainingExecutor}.
 */
@NullMarked
package io.qilin.mlops.job;

import org.jspecify.annotations.NullMarked;
