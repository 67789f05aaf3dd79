/**
 * Flat tables, column by column and batch by batch: the form in which files are read, judged and written. Start with
 * {@link io.qilin.data.table.TableFormats}, which opens a file of any format that is installed.
 */
@NullMarked
package io.qilin.data.table;

import org.jspecify.annotations.NullMarked;
