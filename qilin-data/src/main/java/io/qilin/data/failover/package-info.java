/**
 * Several sources behind one: start with {@link io.qilin.data.failover.SourceChain}.
 *
 * <p>The guard of each member, {@link io.qilin.data.failover.CallGuard}, is a seam: {@link
 * io.qilin.data.failover.Breaker} stands there unless a host puts a breaker of its own there, for example one of
 * Resilience4j, without Qilin depending on it. {@code enter} asks for permission, the pass reports the outcome.
 */
@NullMarked
package io.qilin.data.failover;

import org.jspecify.annotations.NullMarked;
