/**
 * From rows of any file to a panel: what a column is, how prices are adjusted, what volume is counted in, which rows are
 * kept. Start with {@link io.qilin.data.internal.bars.PanelAssembly}.
 */
@NullMarked
package io.qilin.data.internal.bars;

import org.jspecify.annotations.NullMarked;
