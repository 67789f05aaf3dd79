package io.qilin.mlops.dataset;

/** A processor bound to the columns that it meets. Immutable and safe to share. */
abstract class Step {
  private final Processor processor;

  Step(Processor processor) {
    this.processor = processor;
  }

  final Processor processor() {
    return processor;
  }

  /** The columns after it. */
  abstract ColumnNames after(ColumnNames before);

  /** Whether what it makes of a row depends on that row alone. */
  boolean rowByRow() {
    return true;
  }

  /** Changes a section, which may have no labels. */
  abstract void apply(Section section);

  /** The step of a processor, if it needs no fit. */
  static Step of(Processor processor, ColumnNames names) {
    if (processor instanceof Processor.DropnaProcessor drop) {
      return new DropRows(drop, drop.columns());
    }
    if (processor instanceof Processor.DropnaLabel) {
      return new DropRows(processor, Columns.LABELS);
    }
    if (processor instanceof Processor.DropCol drop) {
      return SelectColumns.without(drop, names);
    }
    if (processor instanceof Processor.FilterCol filter) {
      return SelectColumns.only(filter, names);
    }
    return new ColumnStep(processor, names);
  }
}
