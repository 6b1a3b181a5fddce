//! What polars in Python calls: the scorers behind the C interface of its expression plugins.
//!
//! polars loads the library a second time and looks symbols up by name. Options come as columns of one
//! value, so the bytes of keyword arguments are never read.

use std::cell::RefCell;
use std::ffi::{CString, c_char};
use std::panic::catch_unwind;

use polars::error::PolarsResult;
use polars::prelude::Series;
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{ArrowSchema, export_field_to_c, import_field_from_c};
use polars_ffi::version_0::{CallerContext, SeriesExport, export_series, import_series_buffer};

use crate::scorers;

/// What is said of a panic: that it is a fault of ours.
const FAULT: &str = "a fault in kinfolk itself";

type Scorer = fn(&[Series]) -> PolarsResult<Series>;

thread_local! {
    static LAST_ERROR: RefCell<CString> = RefCell::default();
}

/// Defines what polars calls for the rows of a scorer, and for the kind of its column.
macro_rules! plugin {
    ($of_rows:ident, $of_fields:ident, $scorer:path, $kind:expr) => {
        #[expect(unsafe_code, reason = "polars finds it by name and passes pointers")]
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $of_rows(
            inputs: *const SeriesExport,
            n_inputs: usize,
            _options: *const u8,
            _n_bytes: usize,
            out: *mut SeriesExport,
            _context: *const CallerContext,
        ) {
            // SAFETY: polars passes so many series that are now ours, and room for one.
            unsafe { score(inputs, n_inputs, out, $scorer) }
        }

        #[expect(unsafe_code, reason = "polars finds it by name and passes pointers")]
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $of_fields(
            inputs: *const ArrowSchema,
            n_inputs: usize,
            out: *mut ArrowSchema,
            _options: *const u8,
            _n_bytes: usize,
        ) {
            // SAFETY: polars passes so many fields, which stay its own, and room for one.
            unsafe { describe(inputs, n_inputs, out, $kind) }
        }
    };
}

plugin!(
    _polars_plugin_sdq_score,
    _polars_plugin_field_sdq_score,
    scorers::sdq_score,
    ArrowDataType::Int64
);
plugin!(
    _polars_plugin_sdq_impact,
    _polars_plugin_field_sdq_impact,
    scorers::sdq_impact,
    ArrowDataType::Int64
);
plugin!(
    _polars_plugin_sdq_band,
    _polars_plugin_field_sdq_band,
    scorers::sdq_band,
    ArrowDataType::Utf8View
);
plugin!(
    _polars_plugin_reliable_class,
    _polars_plugin_field_reliable_class,
    scorers::reliable_class,
    ArrowDataType::Utf8View
);

/// Which version of the interface this is.
#[expect(unsafe_code, reason = "polars finds it by name")]
#[unsafe(no_mangle)]
extern "C" fn _polars_plugin_get_version() -> u32 {
    let (major, minor) = polars_ffi::get_version();
    (u32::from(major) << 16) + u32::from(minor)
}

/// Why the last call on this thread gave nothing. Good until the next one.
#[expect(unsafe_code, reason = "polars finds it by name")]
#[unsafe(no_mangle)]
extern "C" fn _polars_plugin_get_last_error_message() -> *mut c_char {
    LAST_ERROR.with_borrow(|said| said.as_ptr().cast_mut())
}

/// # Safety
///
/// `inputs` points to `n_inputs` valid exports that nobody else releases, `out` to one that may be
/// overwritten.
#[expect(unsafe_code, reason = "series are passed by pointer")]
unsafe fn score(
    inputs: *const SeriesExport,
    n_inputs: usize,
    out: *mut SeriesExport,
    scorer: Scorer,
) {
    or_remember(|| {
        // SAFETY: as the caller promises.
        let arguments = unsafe { import_series_buffer(inputs.cast_mut(), n_inputs) }?;
        let scored = export_series(&scorer(&arguments)?);
        // SAFETY: as the caller promises.
        unsafe { out.write(scored) };
        Ok(())
    });
}

/// The field of what a scorer gives: named as its first input.
///
/// # Safety
///
/// `inputs` points to `n_inputs` valid fields, `out` to one that may be overwritten.
#[expect(unsafe_code, reason = "fields are passed by pointer")]
unsafe fn describe(
    inputs: *const ArrowSchema,
    n_inputs: usize,
    out: *mut ArrowSchema,
    kind: ArrowDataType,
) {
    or_remember(|| {
        // SAFETY: as the caller promises.
        let inputs = unsafe { std::slice::from_raw_parts(inputs, n_inputs) };
        let first = inputs.first().map(|field| {
            // SAFETY: as the caller promises.
            unsafe { import_field_from_c(field) }
        });
        let name = first.transpose()?.map(|field| field.name);
        let field = Field::new(name.unwrap_or_default(), kind.clone(), true);
        // SAFETY: as the caller promises.
        unsafe { out.write(export_field_to_c(&field)) };
        Ok(())
    });
}

/// Does the work; an error or a panic goes no further than to the message that polars asks for.
fn or_remember(work: impl FnOnce() -> PolarsResult<()> + std::panic::UnwindSafe) {
    let reason = match catch_unwind(work) {
        Ok(Ok(())) => return,
        Ok(Err(error)) => error.to_string(),
        Err(_) => FAULT.to_owned(),
    };
    let said = CString::new(reason.replace('\0', "")).unwrap_or_default();
    LAST_ERROR.with_borrow_mut(|last| *last = said);
}
