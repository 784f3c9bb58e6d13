;;; Does in Emacs what its user does, set up by docs/editors/apq.el, and prints what came of it as JSON. -*- lexical-binding: t; -*-
(require 'cl-lib)
(require 'json)
(require 'package)
(package-initialize)

(defvar result nil)
(defun note (key value) (push (cons key value) result))

(defun wait (what condition)
  "Wait until CONDITION returns something, and return it; WHAT is for the error."
  (let ((end (time-add nil 20)) value)
    (while (not (setq value (funcall condition)))
      (when (time-less-p end nil) (error "%s did not come" what))
      (accept-process-output nil 0.02))
    value))

(defun text () (buffer-substring-no-properties (point-min) (point-max)))

(defun printed (name)
  "The text of the compilation buffer NAME, as soon as its process has ended."
  (with-current-buffer name
    (wait name (lambda ()
                 (and (not (get-buffer-process name))
                      (string-match-p "\\(?:finished\\|exited abnormally with code [0-9]+\\) at " (text))))))
  (with-current-buffer name (text)))

(defun go-to-line (line)
  (goto-char (point-min))
  (forward-line (1- line)))

(defun place () (list (file-name-nondirectory buffer-file-name) (line-number-at-pos) (current-column)))

(defun mode ()
  (with-temp-buffer
    (insert "GET venue\n$filter = Town eq '#1'\n")
    (apq-mode)
    (font-lock-ensure)
    (note 'faces (mapcar (lambda (at) (symbol-name (get-text-property at 'face))) '(1 11 29)))
    (comment-region 1 10)
    (note 'commented (car (split-string (text) "\n")))
    (note 'comments (mapcar (lambda (at) (and (nth 4 (syntax-ppss at)) t)) '(5 32)))))

(defun errors (file)
  "Check FILE and run its first request, and go to the mistake from what each prints."
  (find-file file)
  (call-interactively #'recompile)
  (printed "*compilation*")
  (next-error)
  (note 'checked (place))
  (find-file file)
  (goto-char (point-min))
  (apq-run)
  (note 'refused (printed "*apq-result*"))
  (next-error)
  (note 'refusal (place)))

(defun with-first-choice (do)
  "Call DO, which asks the user to choose; the first choice is taken."
  (let ((last-nonmenu-event ?x) ; A key was pressed, not a mouse.
        (completing-read-function (lambda (_prompt choices &rest _) (car (all-completions "" choices)))))
    (funcall do)))

(defun with-eglot (file)
  (find-file file)
  (note 'mode (symbol-name major-mode))
  (run-hooks 'post-command-hook) ; As after a command: there Eglot starts.
  (wait "the server" #'eglot-managed-p)
  (flymake-start)
  (note 'diagnostics (mapcar #'flymake-diagnostic-text (wait "diagnostics" #'flymake-diagnostics)))
  (go-to-line 3)
  (forward-char 11)
  (note 'completions
        (all-completions "" (nth 2 (run-hook-with-args-until-success 'completion-at-point-functions))))
  (with-first-choice (lambda () (call-interactively #'eglot-code-actions)))
  (eglot-format-buffer)
  (note 'lines (split-string (text) "\n"))

  (go-to-line 7)
  (execute-kbd-macro (kbd "C-c C-c"))
  (note 'printed (printed "*apq-result*"))
  (note 'windows (length (window-list)))
  (apq-run '("--dry-run"))
  (note 'preview (printed "*apq-result*")))

(defun with-lsp-mode (file)
  (remove-hook 'apq-mode-hook #'eglot-ensure)
  (add-hook 'apq-mode-hook #'lsp)
  (setq lsp-auto-guess-root t lsp-log-io nil)
  (find-file file)
  (wait "diagnostics of lsp-mode" (lambda () (> (hash-table-count (lsp-diagnostics)) 0)))
  (go-to-line 3)
  (with-first-choice (lambda () (call-interactively #'lsp-execute-code-action)))
  (lsp-format-buffer)
  (note 'lines-of-lsp-mode (split-string (text) "\n"))
  (lsp--execute-command
   (lsp-make-command :title "Preview" :command "apq.previewRequest"
                     :arguments (vector (lsp--path-to-uri file) 1)))
  (note 'lens-of-lsp-mode (printed "*apq-result*")))

(defun copy (file name)
  (let ((copy (expand-file-name name (file-name-directory file))))
    (copy-file file copy)
    copy))

(condition-case problem
    (let* ((file (getenv "APQ_FILE"))
           (wrong (copy file "wrong - copy.apq"))
           (other (copy file "other.apq")))
      (load (getenv "APQ_INIT") nil t)
      (mode)
      (errors wrong)
      (when (require 'eglot nil t) (with-eglot file))
      (when (require 'lsp-mode nil t) (with-lsp-mode other)))
  (error (note 'problem (error-message-string problem))))
(princ (concat (json-encode result) "\n"))
(kill-emacs)
