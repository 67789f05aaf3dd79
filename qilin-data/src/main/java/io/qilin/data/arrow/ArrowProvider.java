package io.qilin.data.arrow;

import io.qilin.data.table.TableBarsProvider;

/** Opens Arrow files as a source of daily bars; its id is {@code arrow}. {@link TableBarsProvider} lists the settings. */
public final class ArrowProvider extends TableBarsProvider {
  /** For {@link java.util.ServiceLoader}. */
  public ArrowProvider() {
    super(new ArrowFormat());
  }
}
