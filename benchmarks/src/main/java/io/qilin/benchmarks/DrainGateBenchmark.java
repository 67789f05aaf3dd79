package io.qilin.benchmarks;

import io.qilin.ops.lifecycle.DrainGate;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a piece of work cost that goes in and out by a gate? Beside it what the JDK has for the same: a semaphore with many
 * permits, a read lock that a stop would take for writing, and a bare counter, which can be closed by nobody.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar DrainGateBenchmark -prof gc [-t 2]}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DrainGateBenchmark {
  private final DrainGate gate = DrainGate.of("work", System::nanoTime);
  private final Semaphore semaphore = new Semaphore(Integer.MAX_VALUE);
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicLong counter = new AtomicLong();

  /** In and out by the gate. */
  @Benchmark
  public long gate() {
    DrainGate.Pass pass = gate.enter();
    pass.close();
    return counter.getPlain();
  }

  /** A permit taken and given back. */
  @Benchmark
  public long semaphore() throws InterruptedException {
    semaphore.acquire();
    semaphore.release();
    return counter.getPlain();
  }

  /** A read lock taken and given back. */
  @Benchmark
  public long readLock() {
    lock.readLock().lock();
    lock.readLock().unlock();
    return counter.getPlain();
  }

  /** A counter up and down. */
  @Benchmark
  public long counter() {
    counter.getAndIncrement();
    return counter.decrementAndGet();
  }
}
