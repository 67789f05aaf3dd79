package io.qilin.ops.reload;

/**
 * Is told what became of a changed configuration. The events of one listener come one after another, in order; one that throws is
 * logged and counted, one that blocks holds up only itself.
 *
 * @param <T> the host's own type
 */
@FunctionalInterface
public interface ConfigListener<T> {
  /** Takes an event. The new configuration is in use already. */
  void on(ConfigEvent<T> event);
}
