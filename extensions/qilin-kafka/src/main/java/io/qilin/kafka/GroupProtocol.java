package io.qilin.kafka;

/** How the members of a group agree on who reads which partition. */
public enum GroupProtocol {
  /** Among themselves, as all brokers support. */
  CLASSIC,
  /** By the broker (KIP-848), from Kafka 4.0 on: a rebalance stops only what moves. */
  CONSUMER
}
