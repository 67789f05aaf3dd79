/**
 * Declarative rules over tables of any size, judged in one pass with states that merge. Start with {@link
 * io.qilin.data.quality.table.TableRules} and {@link io.qilin.data.quality.table.TableJudge}.
 */
@NullMarked
package io.qilin.data.quality.table;

import org.jspecify.annotations.NullMarked;
