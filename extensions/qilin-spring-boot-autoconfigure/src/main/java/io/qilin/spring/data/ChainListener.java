package io.qilin.spring.data;

import io.qilin.data.failover.ChainEvent;
import java.util.function.Consumer;

/** A bean that is told what happens in the chain of sources, on the thread on which it happens. Must not block. */
@FunctionalInterface
public interface ChainListener extends Consumer<ChainEvent> {}
