//! SQLite's own file system layer, recorded: every call goes on to the real one. It has no shared memory, so it also
//! proves that the store needs none.

#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::Once;
use std::sync::atomic::{AtomicPtr, Ordering};

use rusqlite::ffi;

use super::{Op, note};

static BASE: AtomicPtr<ffi::sqlite3_vfs> = AtomicPtr::new(ptr::null_mut());

/// What stands before the real file's own memory.
#[repr(C)]
struct Shim {
    file: ffi::sqlite3_file,
    about: *mut About,
}

struct About {
    path: PathBuf,
    /// The system flushes the folder with the first flush of a new journal or log.
    folder_owed: bool,
}

/// Puts the recorder before the real one, once.
pub fn install() {
    static ONCE: Once = Once::new();
    // SAFETY: the copy lives for ever, keeps the real one's functions, and says truly how much memory a file needs.
    ONCE.call_once(|| unsafe {
        ffi::sqlite3_initialize();
        let base = ffi::sqlite3_vfs_find(ptr::null());
        BASE.store(base, Ordering::SeqCst);
        let mut shim = ptr::read(base);
        shim.szOsFile += c_int::try_from(size_of::<Shim>()).unwrap();
        shim.pNext = ptr::null_mut();
        shim.zName = c"recorder".as_ptr();
        shim.xOpen = Some(open);
        shim.xDelete = Some(delete);
        assert_eq!(ffi::sqlite3_vfs_register(Box::leak(Box::new(shim)), 1), ffi::SQLITE_OK);
    });
}

unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: `szOsFile` leaves room for the real file behind the shim.
    unsafe { file.cast::<Shim>().add(1).cast() }
}

unsafe fn about<'f>(file: *mut ffi::sqlite3_file) -> &'f mut About {
    // SAFETY: set in `open`, freed in `close`, and SQLite uses a file from one thread at a time.
    unsafe { &mut *(*file.cast::<Shim>()).about }
}

unsafe fn path_of(name: *const c_char) -> PathBuf {
    if name.is_null() {
        return PathBuf::new();
    }
    // SAFETY: SQLite's names end with a nul.
    PathBuf::from(unsafe { CStr::from_ptr(name) }.to_str().unwrap())
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite hands over a name and memory of the size asked for.
    unsafe {
        let base = BASE.load(Ordering::SeqCst);
        let path = path_of(name);
        let is_new = !path.as_os_str().is_empty() && !path.exists();
        let done = (*base).xOpen.unwrap()(base, name, real(file), flags, out);
        if (*real(file)).pMethods.is_null() {
            (*file).pMethods = ptr::null();
            return done;
        }
        if is_new && path.exists() {
            note(Op::Create(path.clone()));
        }
        let journal = ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_WAL;
        let folder_owed = is_new && flags & journal != 0;
        (*file.cast::<Shim>()).about = Box::into_raw(Box::new(About { path, folder_owed }));
        (*file).pMethods = &raw const METHODS;
        done
    }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: handed on as it came.
    unsafe {
        let base = BASE.load(Ordering::SeqCst);
        let path = path_of(name);
        let done = (*base).xDelete.unwrap()(base, name, sync);
        if done == ffi::SQLITE_OK {
            let folder = path.parent().map(Path::to_owned);
            note(Op::Remove(path));
            if let Some(folder) = folder.filter(|_| sync != 0) {
                note(Op::SyncDir(folder));
            }
        }
        done
    }
}

macro_rules! pass_on {
    ($name:ident, $method:ident, ($($arg:ident: $kind:ty),*)) => {
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $arg: $kind)*) -> c_int {
            // SAFETY: handed on to the real file as it came.
            unsafe { (*(*real(file)).pMethods).$method.unwrap()(real(file) $(, $arg)*) }
        }
    };
}
pass_on!(read, xRead, (to: *mut c_void, count: c_int, at: i64));
pass_on!(file_size, xFileSize, (out: *mut i64));
pass_on!(lock, xLock, (level: c_int));
pass_on!(unlock, xUnlock, (level: c_int));
pass_on!(check_lock, xCheckReservedLock, (out: *mut c_int));
pass_on!(control, xFileControl, (op: c_int, arg: *mut c_void));
pass_on!(sector, xSectorSize, ());
pass_on!(traits, xDeviceCharacteristics, ());
pass_on!(real_write, xWrite, (from: *const c_void, count: c_int, at: i64));
pass_on!(real_truncate, xTruncate, (length: i64));
pass_on!(real_sync, xSync, (flags: c_int));
pass_on!(real_close, xClose, ());

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    count: c_int,
    at: i64,
) -> c_int {
    // SAFETY: SQLite hands over `count` bytes.
    unsafe {
        let done = real_write(file, from, count, at);
        if done == ffi::SQLITE_OK {
            let bytes =
                std::slice::from_raw_parts(from.cast::<u8>(), usize::try_from(count).unwrap()).to_vec();
            note(Op::Write { path: about(file).path.clone(), at: u64::try_from(at).unwrap(), bytes });
        }
        done
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    // SAFETY: handed on as it came.
    unsafe {
        note(Op::Truncate { path: about(file).path.clone(), length: u64::try_from(length).unwrap() });
        real_truncate(file, length)
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: handed on as it came.
    unsafe {
        let done = real_sync(file, flags);
        let about = about(file);
        note(Op::Sync(about.path.clone()));
        if std::mem::take(&mut about.folder_owed) {
            note(Op::SyncDir(about.path.parent().unwrap().to_owned()));
        }
        done
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: the last call for this file; its box came from `open`.
    unsafe {
        let done = real_close(file);
        drop(Box::from_raw((*file.cast::<Shim>()).about));
        done
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 1,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(traits),
    xShmMap: None,
    xShmLock: None,
    xShmBarrier: None,
    xShmUnmap: None,
    xFetch: None,
    xUnfetch: None,
};
