package io.qilin.ops.error;

/**
 * Where an order is put that only a person can decide about. Implementations are safe for use by several threads, and keep a case
 * before they return: what is not kept must be thrown.
 */
@FunctionalInterface
public interface ManualQueue {
  /** Keeps a case until a person has looked at it. */
  void put(ManualCase item);
}
